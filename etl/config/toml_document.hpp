#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tidemark {
/// A text as a TOML value, as a person would write it: `"plain"`, `'with \d'`, `'''with '\d''''`.
std::string toml_text(std::string_view text);

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

/// What is wrong with a TOML text, and in which line (from 1).
struct TomlFault {
    int line = 1;
    std::string what; ///< lower case, without a full stop
};

/// What the parser must not see or would let pass: a key of more than 16 parts, more than 32 nested
/// brackets (it calls itself for each), an escape of the character NUL, which no database stores.
/// nullopt for any other text, whether it is TOML or not.
std::optional<TomlFault> unparsable_toml(std::string_view text);

/// What a TOML error means and what to do about it. `library_words` is what the parser says, `line`
/// the line where it stopped.
std::string toml_error_words(std::string_view library_words, std::string_view line);

} // namespace tidemark
