#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tidemark {
/// A text as a TOML string in its most readable form: `"plain"`, `'with \d'`, `'''with '\d''''`.
std::string toml_text(std::string_view text);

struct TomlValue;
struct Member;

/// A value of a type that no key has: `a float`, `a date`.
struct OtherValue {
    std::string_view kind;
};

using ValueList = std::vector<TomlValue>;

/// The members of a table, in the order of the file.
using ValueTable = std::vector<Member>;

/// A value of a TOML file, with its line.
struct TomlValue {
    int line = 1;
    std::variant<std::string, std::int64_t, bool, OtherValue, ValueList, ValueTable> content;

    /// `a string`, `an integer`, `a table`.
    [[nodiscard]] std::string_view kind() const;
};

struct Member {
    std::string key;
    TomlValue value; ///< with the line of its key
};

/// The member of a table with this name; null when there is none, or when the value is no table.
const TomlValue* find_member(const TomlValue& table, std::string_view key);

/// Parses TOML. Throws ConfigError (`file:line: what`) for invalid TOML; `file` is the name in the
/// error.
TomlValue read_document(std::string_view text, std::string_view file);

/// A fault in a TOML text, with its line (from 1).
struct TomlFault {
    int line = 1;
    std::string what; ///< lower case, without a full stop
};

/// Finds what the parser must not get: a key of more than 16 parts, more than 32 nested brackets
/// (the parser is recursive), and an escape of NUL, which no database stores. nullopt for any other
/// text, valid TOML or not.
std::optional<TomlFault> unparsable_toml(std::string_view text);

/// A description of a TOML error with a remedy. `library_words` is the error of the parser, `line`
/// the text of the line where it stopped.
std::string toml_error_words(std::string_view library_words, std::string_view line);

} // namespace tidemark
