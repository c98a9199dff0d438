#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace tidemark {

/// A path as UTF-8. All text in the program is UTF-8; on Windows `path::string()` would depend on
/// the machine's language.
inline std::string utf8(const std::filesystem::path& path) {
    const auto text = path.u8string();
    return {text.begin(), text.end()};
}

/// The path that this UTF-8 text names.
inline std::filesystem::path path_of(std::string_view text) {
    return {std::u8string{text.begin(), text.end()}};
}

} // namespace tidemark
