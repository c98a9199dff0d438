#pragma once

#include "archive/kept.hpp"
#include "support/one_job.hpp"

namespace tidemark::test {

inline std::filesystem::path archive_in(const SyncWorld& world) {
    return world.config.warehouse.base / "archive";
}

inline void keep_archive(SyncWorld& world) { world.config.archive.dir = archive_in(world); }

/// Ids of the executions that an archive holds of the first job.
inline std::size_t executions_in(const std::filesystem::path& archive) {
    const std::string folder = folder_of(numbered(1));
    return SeriesIndex(archive, folder, read_manifest(archive).of(folder)).executions();
}

} // namespace tidemark::test
