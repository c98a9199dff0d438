#pragma once

#include <filesystem>
#include <string>

namespace tidemark::test {

/// The bytes of a file. Throws std::runtime_error when it cannot be read.
std::string read_file(const std::filesystem::path& file);

/// Writes them, in a folder that need not be there yet.
void write_file(const std::filesystem::path& file, const std::string& text);

} // namespace tidemark::test
