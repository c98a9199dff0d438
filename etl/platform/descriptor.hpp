#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

/// Files by their numbers, below `DurableFile` and `FileLock`. What fails leaves `errno`.
namespace tidemark::descriptor {

/// Opens a file to append to, or creates it for its owner alone; negative when that fails.
int open(const std::filesystem::path& file);
void close(int number);

/// How much of the bytes was written at the file's end; negative when that fails.
std::int64_t write(int number, std::string_view bytes);

/// Returns when what was written is on the disk.
bool flush(int number);

bool resize(int number, std::uint64_t bytes);

/// Negative when it cannot be told.
std::int64_t size(int number);

/// Locks a file until it is closed; false when another one holds it (`is_held`) or it fails.
bool lock(int number);
bool is_held();

} // namespace tidemark::descriptor
