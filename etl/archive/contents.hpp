#pragma once

#include "archive/manifest.hpp"
#include "model/job.hpp"
#include "model/time.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tidemark {

/// The content of an archive for one job.
struct ArchivedJob {
    Job job;
    bool is_listed = true; ///< in the newest list of jobs
    bool has_body = false; ///< a body was kept at least once, even an empty one
    std::int64_t executions = 0;
    std::int64_t versions = 0;      ///< of them
    std::int64_t content_bytes = 0; ///< uncompressed
    std::int64_t bytes = 0;         ///< on the disk
    Timestamp last_kept_at;         ///< when the newest body with something new was read
    std::string fault;              ///< damage that the heads show; "" for none
};

/// All jobs that were ever in the list, those of the newest list first. Reads only the heads of
/// blocks. Throws Error when there is no archive.
std::vector<ArchivedJob> contents_of(const std::filesystem::path& archive);

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
