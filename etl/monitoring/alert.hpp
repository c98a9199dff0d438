#pragma once

#include "config/config.hpp"
#include "monitoring/night.hpp"
#include "warehouse/warehouse.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// Tells `[alert] command` and the webhook what began and what ended since they were last told,
/// each in one message for all of it, within `[alert] timeout_s` each. What they were told is
/// stored in the warehouse. Returns a line for each that could not be told, which is no failure of
/// a sync, and never holds the webhook's path. `warehouse` is null when it cannot be opened: then
/// only a failure of the sync is told, at every sync. Throws Interrupted, and Error when the
/// warehouse fails.
std::vector<std::string> alert(const Config& config, const Night& night, Warehouse* warehouse);

} // namespace tidemark
