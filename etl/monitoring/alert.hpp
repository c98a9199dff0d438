#pragma once

#include "config/config.hpp"
#include "monitoring/night.hpp"
#include "warehouse/warehouse.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// Notifies `[alert] command` and the webhook of problems that began or ended since their last
/// notification: one message for each channel, within `[alert] timeout_s`. The warehouse stores
/// what was sent. Returns one line for each channel that could not be notified; that does not fail
/// the sync, and the line never contains the webhook's path. When `warehouse` is null because it
/// cannot be opened, only a failure of the sync is sent, after every sync. Throws Interrupted, and
/// Error when the warehouse fails.
std::vector<std::string> alert(const Config& config, const Night& night, Warehouse* warehouse);

} // namespace tidemark
