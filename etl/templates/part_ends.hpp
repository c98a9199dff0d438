#pragma once

#include <cstddef>
#include <string_view>

/// The parts of a message that differ from one occurrence to the next. Each function says where the
/// part that begins at `at` ends, and returns `at` when none begins there.
namespace tidemark {

/// `d9854698-cd42-487b-8202-8683afa39b92`, bare.
std::size_t end_of_guid(std::string_view text, std::size_t at);

/// A date, a time of day, both, or a duration: `2026-10-09T03:00:00.5Z`, `9/10/2026 3:00 AM`,
/// `00:12:34`, `1.02:03:04`.
std::size_t end_of_time(std::string_view text, std::size_t at);

/// Digits with separators (`1,234.5`, `1'234`, `1 234`, `10.1.2.3:80`) and an exponent, or `0x1F`.
/// It begins with a digit; what letters follow is not looked at.
std::size_t end_of_number(std::string_view text, std::size_t at);

/// Of four groups of hexadecimal digits or more between colons, as in IPv6 and MAC addresses.
std::size_t end_of_address(std::string_view text, std::size_t at);

/// A host and its port: `db.example:1433`, `db-1.example:80`.
std::size_t end_of_host(std::string_view text, std::size_t at);

/// A name in quotes, quotes included; the byte before it is known to be no letter. On one line.
/// What holds a path behind a space (`"GET /orders HTTP/1.1"`) is no name.
std::size_t end_of_quoted(std::string_view text, std::size_t at);

/// `[dbo].[Orders]`: two names in brackets or more.
std::size_t end_of_bracketed(std::string_view text, std::size_t at);

/// `C:\folder\file`, with spaces where a backslash follows; `\\server\share`; `DOMAIN\user`, whose
/// first word ends at `word_end`.
std::size_t end_of_windows_path(std::string_view text, std::size_t at, std::size_t word_end);

/// `/folder/file`; the byte before it is known to be no letter.
std::size_t end_of_unix_path(std::string_view text, std::size_t at);

/// `scheme://…`, whose scheme ends at `word_end`.
std::size_t end_of_url(std::string_view text, std::size_t at, std::size_t word_end);

/// What a number measures.
enum class Unit { none, time, size };

/// By the word right behind it: `ms`, `KB`.
Unit unit_of(std::string_view word);

/// By the word behind the space behind it: `seconds`, `KB`, but no single letter.
Unit spaced_unit_of(std::string_view word);

} // namespace tidemark
