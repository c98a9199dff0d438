#pragma once

#include "simulator/organisation.hpp"

#include <filesystem>

namespace simulator {

/// Writes the bodies into a folder as `jobs.json`, `status.json` and `logs/JOB_ID.json`. Throws
/// std::runtime_error when a file cannot be written.
void dump(const Organisation& organisation, const BodyOptions& options,
          const std::filesystem::path& folder);

} // namespace simulator
