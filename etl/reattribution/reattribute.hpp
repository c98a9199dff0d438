#pragma once

#include "config/config.hpp"
#include "reattribution/changes.hpp"
#include "warehouse/warehouse.hpp"

namespace tidemark {

/// Applies the configuration's rules to all stored messages of its organisation: task runs that
/// differ are rewritten, transfer tasks without any run and data sources that nothing names are
/// removed, and the organisation gets the rules' fingerprint. All of it or nothing: readers see the
/// old attribution until they see the new one. `writer`, whose lease the caller holds, and `reader`
/// are the same warehouse, opened twice. Throws Interrupted, with the old attribution in place.
AttributionChanges reattribute(const Config& config, Warehouse& writer, Warehouse& reader,
                               Timestamp now);

/// What `reattribute` would change.
AttributionChanges preview_reattribution(const Config& config, Warehouse& warehouse);

} // namespace tidemark
