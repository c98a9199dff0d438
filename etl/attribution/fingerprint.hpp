#pragma once

#include "config/config.hpp"

#include <string>

namespace tidemark {

/// Of all that decides which task runs a message makes and which data source they belong to: the
/// same configuration has the same one, whatever its layout. Kept with the organisation.
std::string fingerprint(const AttributionConfig& config);

/// Of what an execution's state and moments depend on beside its body: the state codes and the
/// zone.
std::string fingerprint(const SourceConfig& config);

} // namespace tidemark
