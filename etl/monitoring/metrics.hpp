#pragma once

#include "monitoring/night.hpp"
#include "warehouse/warehouse.hpp"

#include <string>

namespace tidemark {

/// The metrics for the text file of the Prometheus node exporter: the result of the last sync, how
/// far each job is loaded, the age of each data source at `night.ended_at` in seconds. When
/// `warehouse` is null because it could not be opened, it contains only the sync itself.
std::string metrics_text(const Night& night, Warehouse* warehouse);

} // namespace tidemark
