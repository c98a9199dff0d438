#pragma once

#include "platform/files.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace tidemark {

/// A file's text without a byte order mark, or why it cannot be had.
struct TextFile {
    std::string text;
    std::string error; ///< what is wrong, with what to do where it is known; "" when it was read
};

/// Errors are also a file larger than `most` bytes, UTF-16, and a pipe or a device that gives
/// nothing, or does not end, within `patience`. Throws Interrupted.
TextFile read_text_file(const std::filesystem::path& file, std::size_t most,
                        std::chrono::milliseconds patience = std::chrono::seconds{10});

/// The same of what the program is given to read.
TextFile read_standard_input(std::size_t most, std::chrono::milliseconds patience);

/// What becomes of a file that is there already.
enum class Existing { keep, replace };

/// Writes a file as a whole. Throws ConfigError when it is there and is kept, or cannot be written;
/// what was there is left as it was then.
void write_text_file(const std::filesystem::path& file, std::string_view text, Readers readers,
                     Existing existing);

} // namespace tidemark
