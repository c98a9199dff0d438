#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace tidemark {

/// A file's text without a byte order mark, or why it cannot be had.
struct TextFile {
    std::string text;
    std::string error; ///< in the system's words; "" when it was read
};

/// A file larger than `most` bytes is an error too.
TextFile read_text_file(const std::filesystem::path& file, std::size_t most);

} // namespace tidemark
