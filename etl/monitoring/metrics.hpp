#pragma once

#include "monitoring/night.hpp"
#include "warehouse/warehouse.hpp"

#include <string>

namespace tidemark {

/// What Prometheus' node exporter reads from a text file: how the last sync went, how far each job
/// is loaded, how fresh each data source is. Ages are those at `night.ended_at`, in seconds.
/// `warehouse` is null when it could not be opened: then only the sync itself is told of.
std::string metrics_text(const Night& night, Warehouse* warehouse);

} // namespace tidemark
