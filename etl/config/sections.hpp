#pragma once

#include "config/config.hpp"
#include "config/keys.hpp"

namespace tidemark {

Keys<SourceConfig> source_keys();
Keys<WarehouseConfig> warehouse_keys();
Keys<SyncConfig> sync_keys();
Keys<AttributionConfig> attribution_keys();

/// `[[attribution.test]]`.
SectionKey<AttributionConfig> attribution_tests_key();

/// `[freshness]`: `default`, and any data source's name.
SectionKey<Config> freshness_key();

/// What only the whole `[source]` can tell: that there is a base URL, and that it is safe. `root`
/// is the document. Throws ConfigError.
void check_source(const Field& root, const SourceConfig& source);

} // namespace tidemark
