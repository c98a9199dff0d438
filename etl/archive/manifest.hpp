#pragma once

#include "archive/segment.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tidemark {

/// `manifest.json` of an archive: whose it is, and how far each of its files is known to be whole.
struct Manifest {
    std::string id; ///< of this archive alone, drawn when it was made
    std::string organisation;
    std::map<std::string, SegmentState> segments; ///< by file

    /// Those of a folder of the archive, in order.
    [[nodiscard]] std::vector<SegmentState> of(const std::string& folder) const;

    bool operator==(const Manifest&) const = default;
};

bool has_manifest(const std::filesystem::path& archive);

/// Throws Error when there is none, or when it cannot be one.
Manifest read_manifest(const std::filesystem::path& archive);

/// Replaces it; it is on the disk then. Throws Error.
void write_manifest(const std::filesystem::path& archive, const Manifest& manifest);

/// The folder within an archive that holds the executions of a job; the one with the lists of jobs.
std::string folder_of(const Guid& job);
inline const std::string folder_of_lists = "jobs";

/// What to say of an archive that is not as it was left.
std::string damaged(const std::filesystem::path& archive, std::string_view file,
                    std::string_view fault);

} // namespace tidemark
