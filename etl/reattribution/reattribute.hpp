#pragma once

#include "config/config.hpp"
#include "reattribution/changes.hpp"
#include "warehouse/warehouse.hpp"

namespace tidemark {

/// Applies today's configuration to all that is stored of its organisation. States are told again
/// out of their codes, and days out of the moments; task runs that differ are rewritten, transfer
/// tasks without any run and data sources that nothing names are removed. Watermarks follow what is
/// open then, and the organisation gets the configuration's fingerprints. Moments stay, whatever
/// `source.timezone`: only the API can tell them again. All of it or nothing: readers see what was
/// stored before until they see all of what is new. `writer`, whose lease the caller holds, and
/// `reader` are the same warehouse, opened twice. Throws Interrupted, with the old attribution in
/// place.
AttributionChanges reattribute(const Config& config, Warehouse& writer, Warehouse& reader,
                               Timestamp now);

/// What `reattribute` would change.
AttributionChanges preview_reattribution(const Config& config, Warehouse& warehouse);

} // namespace tidemark
