#pragma once

#include <string>
#include <string_view>

namespace tidemark {

/// A text as one word of a POSIX shell: `'it'\''s'`.
inline std::string shell_word(std::string_view text) {
    std::string word = "'";
    for (const char c : text)
        word += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return word + "'";
}

} // namespace tidemark
