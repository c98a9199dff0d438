#pragma once

#include "config/config.hpp"

#include <string>

namespace tidemark {

/// A fingerprint of all that decides, beside the body itself, what a sync makes of it. While it
/// stays the same, a body that is read again comes to the same.
std::string read_settings(const Config& config);

} // namespace tidemark
