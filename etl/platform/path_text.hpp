#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace tidemark {

/// A path as text. Everywhere in the program text is UTF-8; where paths are made of something else,
/// `path::string()` would depend on the machine's language.
inline std::string utf8(const std::filesystem::path& path) {
    const auto text = path.u8string();
    return {text.begin(), text.end()};
}

/// The path that this text names, which is UTF-8 as all text is.
inline std::filesystem::path path_of(std::string_view text) {
    return {std::u8string{text.begin(), text.end()}};
}

} // namespace tidemark
