#pragma once

#include "source/source.hpp"

#include <filesystem>
#include <memory>

namespace tidemark {

/// An archive as a source: the newest version of each execution, in the order of the original
/// bodies. An earlier version with log lines that the newest lacks comes before it, in a body of
/// its own, so that these lines are stored too. Damaged data fails its job after all other data of
/// the job was read. Throws Error when there is no archive.
std::unique_ptr<Source> open_archive_source(const std::filesystem::path& archive);

} // namespace tidemark
