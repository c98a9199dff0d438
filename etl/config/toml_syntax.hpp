#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

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
