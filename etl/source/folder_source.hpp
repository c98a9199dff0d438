#pragma once

#include "source/source.hpp"

#include <filesystem>
#include <memory>

namespace tidemark {

/// A folder of bodies that Postman or curl saved: `jobs.json`, `logs/JOB_ID.json` and optionally
/// `status.json`. A listed job without a file fails.
std::unique_ptr<Source> open_folder_source(const std::filesystem::path& folder);

} // namespace tidemark
