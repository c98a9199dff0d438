#pragma once

#include "config/config.hpp"
#include "source/retry.hpp"
#include "source/source.hpp"

#include <memory>
#include <string>

namespace tidemark {

/// The live jobs API. `key` is sent in the configured header to the origin of `base_url` alone,
/// never in a log, an error or to a redirect's other origin. Sends nothing but GET. Throws
/// ConfigError for a base URL or a key that cannot be used.
std::unique_ptr<Source> open_api_source(const SourceConfig& config, const std::string& key,
                                        RetryPolicy policy = {});

} // namespace tidemark
