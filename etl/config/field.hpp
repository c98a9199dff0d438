#pragma once

#include "config/document.hpp"
#include "model/time_zone.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// A value at its place in a configuration: what every error needs to name.
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

/// Text in single quotes that is one line, whatever it holds.
std::string in_quotes(std::string_view text);

/// Each of these throws ConfigError when the value is of another kind or not usable. No string is
/// empty.
std::string read_text(const Field& field);
bool read_boolean(const Field& field);
std::int64_t read_integer(const Field& field);
std::int64_t read_integer(const Field& field, std::int64_t least, std::int64_t most);
std::uint64_t read_size(const Field& field, std::uint64_t most);
std::chrono::seconds read_duration(const Field& field, std::chrono::seconds least);
TimeZone read_zone(const Field& field);
std::vector<std::string> read_texts(const Field& field);
const ValueTable& read_members(const Field& field);

/// The elements of an array of tables (`[[name]]`).
std::vector<Field> read_tables(const Field& field);

/// Absolute, or relative to the configuration's folder.
std::filesystem::path read_path(const Field& field);

} // namespace tidemark
