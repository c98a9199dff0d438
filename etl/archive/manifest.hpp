#pragma once

#include "archive/segment.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tidemark {

/// `manifest.json` of an archive: its organisation, and the committed length of each file.
struct Manifest {
    std::string id; ///< random, different for each archive
    std::string organisation;
    std::map<std::string, SegmentState> segments; ///< by file

    /// The segments in a folder of the archive, in order.
    [[nodiscard]] std::vector<SegmentState> of(const std::string& folder) const;

    bool operator==(const Manifest&) const = default;
};

bool has_manifest(const std::filesystem::path& archive);

/// Throws Error when the manifest is missing or invalid.
Manifest read_manifest(const std::filesystem::path& archive);

/// Replaces the manifest and returns when it is on the disk. Throws Error.
void write_manifest(const std::filesystem::path& archive, const Manifest& manifest);

/// The folder of an archive with the executions of a job, and the one with the lists of jobs.
std::string folder_of(const Guid& job);
inline const std::string folder_of_lists = "jobs";

/// The file whose lock a program holds that writes the archive.
inline constexpr std::string_view archive_lock = "lock";

/// Whether this path within the archive's folder belongs to the archive.
bool is_archive_path(const std::filesystem::path& within);

/// The error text for a damaged archive.
std::string damaged(const std::filesystem::path& archive, std::string_view file,
                    std::string_view fault);

} // namespace tidemark
