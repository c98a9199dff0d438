#pragma once

#include "archive/manifest.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tidemark {

/// The result of checking every byte of one file of an archive.
struct FileCheck {
    std::string file;
    std::int64_t versions = 0;       ///< in the file, repetitions included
    std::int64_t content_bytes = 0;  ///< after decompression
    std::int64_t bytes = 0;          ///< of its whole blocks
    std::uint64_t torn = 0;          ///< bytes of an interrupted write, which the next sync removes
    std::vector<std::string> faults; ///< the damage and its place
};

/// Reads all blocks of all files, compares them with their hashes and with the manifest, and looks
/// for missing files. Throws Error when there is no manifest.
std::vector<FileCheck> check_archive(const std::filesystem::path& archive);

} // namespace tidemark
