#pragma once

#include "config/config.hpp"
#include "source/source.hpp"

#include <memory>
#include <string>

namespace tidemark {

/// The live jobs API. `key` is sent in the configured header to the origin of `base_url` alone,
/// never in a log, an error or to a redirect's other origin. Sends nothing but GET.
std::unique_ptr<Source> open_api_source(const SourceConfig& config, std::string key);

} // namespace tidemark
