#pragma once

#include "archive/manifest.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tidemark {

/// What a look at every byte of one file of an archive found.
struct FileCheck {
    std::string file;
    std::int64_t versions = 0;       ///< that it holds, repetitions included
    std::int64_t content_bytes = 0;  ///< after decompression
    std::int64_t bytes = 0;          ///< of its whole blocks
    std::uint64_t torn = 0;          ///< a write that was cut off, which the next sync cuts away
    std::vector<std::string> faults; ///< what is damaged, and where
};

/// Reads every block of every file, and compares each with its hashes and with the manifest, and
/// the files with those that the manifest names. Throws Error when there is no manifest.
std::vector<FileCheck> check_archive(const std::filesystem::path& archive);

} // namespace tidemark
