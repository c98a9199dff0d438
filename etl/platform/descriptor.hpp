#pragma once

#include "platform/files.hpp"

#include <cstdint>
#include <filesystem>
#include <string_view>

/// Files by their descriptors, for `DurableFile`, `FileLock` and `NewFile`. A function that fails
/// sets `errno`.
namespace tidemark::descriptor {

/// Opens a file to append to it, or creates one. Negative on failure.
int open(const std::filesystem::path& file, Readers readers);
void close(int number);

/// Appends bytes to the file and returns how many were written; negative on failure.
std::int64_t write(int number, std::string_view bytes);

/// Returns when the written bytes are on the disk; false on failure.
bool flush(int number);

bool resize(int number, std::uint64_t bytes);

/// In bytes; negative on failure.
std::int64_t size(int number);

/// Locks a file until it is closed. False when somebody else holds the lock (`is_held`), or on
/// failure.
bool lock(int number);
bool is_held();

} // namespace tidemark::descriptor

namespace tidemark {

/// Returns when the folder's list of file names is on the disk.
void sync_folder(const std::filesystem::path& folder);

} // namespace tidemark
