#pragma once

#include "source/source.hpp"

#include <filesystem>
#include <memory>

namespace tidemark {

/// A folder of saved bodies: `jobs.json` and `logs/JOB_ID.json`, as Postman or curl saved them.
/// A `status.json` is read when it is there. A listed job without a file is one that failed.
std::unique_ptr<Source> open_folder_source(const std::filesystem::path& folder);

} // namespace tidemark
