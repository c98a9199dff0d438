#pragma once

#include "config/config.hpp"

#include <string>

namespace tidemark {

/// A hash of everything in the configuration that decides about task runs and their data sources.
/// It does not depend on the layout of the file. Stored with the organisation.
std::string fingerprint(const AttributionConfig& config);

/// A hash of the state codes and the time zone: what decides about an execution's state and
/// moments, beside its body.
std::string fingerprint(const SourceConfig& config);

} // namespace tidemark
