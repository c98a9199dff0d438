#pragma once

#include "cli/findings.hpp"
#include "config/config.hpp"

#include <vector>

namespace tidemark {

/// Looks at the files that the configuration names, without changing them. Reports those with a
/// secret that others can read, a webhook that cannot be had, and files that a sync could not write
/// or must not replace.
std::vector<Finding> check_files(const Config& config);

} // namespace tidemark
