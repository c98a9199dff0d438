#pragma once

#include <cstddef>
#include <string_view>

/// The variable parts of a message. Each function returns the end of the part that begins at `at`,
/// or `at` when no such part begins there.
namespace tidemark {

/// `d9854698-cd42-487b-8202-8683afa39b92`, without braces.
std::size_t end_of_guid(std::string_view text, std::size_t at);

/// A date, a time of day, both, or a duration: `2026-10-09T03:00:00.5Z`, `9/10/2026 3:00 AM`,
/// `00:12:34`, `1.02:03:04`.
std::size_t end_of_time(std::string_view text, std::size_t at);

/// Digits with separators (`1,234.5`, `1'234`, `1 234`, `10.1.2.3:80`) and an exponent, or `0x1F`.
/// It begins with a digit; letters after it are not checked.
std::size_t end_of_number(std::string_view text, std::size_t at);

/// An IPv6 or MAC address: at least four groups of hexadecimal digits with colons between them.
std::size_t end_of_address(std::string_view text, std::size_t at);

/// A host and its port: `db.example:1433`, `db-1.example:80`.
std::size_t end_of_host(std::string_view text, std::size_t at);

/// A name on one line in quotes, with the quotes. The byte before it must be no letter. Text with a
/// path after a space (`"GET /orders HTTP/1.1"`) is no name.
std::size_t end_of_quoted(std::string_view text, std::size_t at);

/// `[dbo].[Orders]`: at least two names in brackets.
std::size_t end_of_bracketed(std::string_view text, std::size_t at);

/// `C:\folder\file`, where names before a backslash can contain spaces; `\\server\share`;
/// `DOMAIN\user`, whose first word ends at `word_end`.
std::size_t end_of_windows_path(std::string_view text, std::size_t at, std::size_t word_end);

/// `/folder/file`. The byte before it must be no letter.
std::size_t end_of_unix_path(std::string_view text, std::size_t at);

/// `scheme://…`, whose scheme ends at `word_end`.
std::size_t end_of_url(std::string_view text, std::size_t at, std::size_t word_end);

/// The kind of unit after a number.
enum class Unit { none, time, size };

/// The unit by the word directly after a number: `ms`, `KB`.
Unit unit_of(std::string_view word);

/// The unit by the word after a number and a space: `seconds`, `KB`, but no single letter.
Unit spaced_unit_of(std::string_view word);

} // namespace tidemark
