#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tidemark {

struct TomlValue;
struct Member;

/// A value of a kind that no key takes: `a float`, `a date`.
struct OtherValue {
    std::string_view kind;
};

using ValueList = std::vector<TomlValue>;

/// In the order of the file.
using ValueTable = std::vector<Member>;

/// A value of a TOML file that knows its line.
struct TomlValue {
    int line = 1;
    std::variant<std::string, std::int64_t, bool, OtherValue, ValueList, ValueTable> content;

    /// `a string`, `an integer`, `a table`.
    [[nodiscard]] std::string_view kind() const;
};

struct Member {
    std::string key;
    TomlValue value; ///< its line is that of the key
};

/// The member of this name of a table; null when there is none, or the value is no table.
const TomlValue* find_member(const TomlValue& table, std::string_view key);

/// Reads TOML into a table. Throws ConfigError, `file:line: what`, for text that is none; `file` is
/// what errors call it.
TomlValue read_document(std::string_view text, std::string_view file);

} // namespace tidemark
