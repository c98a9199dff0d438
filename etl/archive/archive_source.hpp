#pragma once

#include "source/source.hpp"

#include <filesystem>
#include <memory>

namespace tidemark {

/// An archive as a source: each job's executions in their newest version, in the order in which its
/// bodies came. Where an earlier version has log lines that the newest lacks, it comes first, in a
/// body of its own, so that those lines are stored too. What is damaged fails its job, after
/// everything else of that was read. Throws Error when there is no archive.
std::unique_ptr<Source> open_archive_source(const std::filesystem::path& archive);

} // namespace tidemark
