#pragma once

#include "config/toml_document.hpp"
#include "model/time.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// The longest duration that is read, 100 years.
constexpr int most_days = 36500;

/// Reads `7d`, `26h`, `90m`, `30s` and combinations from the largest unit to the smallest
/// (`1d12h`). nullopt for anything else, and for more than `most_days`.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// Reads `16GiB`, `32MiB`, `500MB`, `1024` (bytes), in upper or lower case, from KB and KiB to TB
/// and TiB, in bytes. nullopt for anything else, and for more than 64 bits.
std::optional<std::uint64_t> parse_size(std::string_view text);

/// A suggestion for an unknown time zone: ` (did you mean 'Europe/Copenhagen'?)`, or a hint to
/// install the zone data.
std::string suggest_zone(std::string_view unknown);

/// A value in a configuration, with its place for errors.
struct Field {
    const std::filesystem::path& file;
    std::string path; ///< dotted: `source.retries`
    const TomlValue& value;

    /// A member of this table.
    [[nodiscard]] Field at(const Member& member) const;

    /// Throws ConfigError: `file:line: what`.
    [[noreturn]] void fail(std::string_view what) const;

    /// Throws ConfigError: `file:line: 'path' must be what, not a string`.
    [[noreturn]] void wrong_kind(std::string_view must_be) const;
};

/// The text in single quotes, on one line.
std::string in_quotes(std::string_view text);

/// Each of these functions throws ConfigError when the value has another type or cannot be used.
/// None returns an empty string.
std::string read_text(const Field& field);

/// The same for a name of at most `most_name_bytes` bytes. Longer names are stored cut, so they
/// could never match.
std::string read_name(const Field& field);
std::vector<std::string> read_names(const Field& field);

bool read_boolean(const Field& field);
std::int64_t read_integer(const Field& field);
std::int64_t read_integer(const Field& field, std::int64_t least, std::int64_t most);
std::uint64_t read_size(const Field& field, std::uint64_t most);
std::chrono::seconds read_duration(const Field& field, std::chrono::seconds least);
TimeZone read_zone(const Field& field);
std::vector<std::string> read_texts(const Field& field);
const ValueTable& read_members(const Field& field);

/// The same for a table whose keys are names.
const ValueTable& read_named_members(const Field& field);

/// The elements of an array of tables (`[[name]]`).
std::vector<Field> read_tables(const Field& field);

/// Absolute, or relative to the configuration's folder.
std::filesystem::path read_path(const Field& field);

} // namespace tidemark
