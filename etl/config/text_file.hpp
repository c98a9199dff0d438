#pragma once

#include "platform/files.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace tidemark {

/// The text of a file without its byte order mark, or the reason why it cannot be read.
struct TextFile {
    std::string text;
    std::string error; ///< the reason, with a remedy when one is known; "" on success
};

/// A file of more than `most` bytes, UTF-16, and a pipe or device that does not end within
/// `patience` are errors too. Throws Interrupted.
TextFile read_text_file(const std::filesystem::path& file, std::size_t most,
                        std::chrono::milliseconds patience = std::chrono::seconds{10});

/// The same for the standard input.
TextFile read_standard_input(std::size_t most, std::chrono::milliseconds patience);

/// What to do with a file that exists already.
enum class Existing { keep, replace };

/// Writes a file as a whole. Throws ConfigError when the file exists and is to be kept, or when it
/// cannot be written; an existing file is unchanged then.
void write_text_file(const std::filesystem::path& file, std::string_view text, Readers readers,
                     Existing existing);

} // namespace tidemark
