#pragma once

#include "monitoring/night.hpp"
#include "warehouse/rows.hpp"
#include "warehouse/warehouse.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// Something that somebody should know, for as long as it holds.
struct AlertCondition {
    std::string
        kind; ///< `sync_failed`, `source_late`, `run_missed`, `new_error`, `wording_changed`
    std::string subject; ///< what it is about, within its kind; "" for the whole organisation
    std::string text;    ///< one line for people
};

/// All that holds after this sync, but for `lasting_errors`. A failure of the sync is the one that
/// can be told when `warehouse` is null, because it cannot be opened.
std::vector<AlertCondition> alert_conditions(const Night& night, Warehouse* warehouse);

/// The errors that were new at an earlier sync, by the stored alerts, and go on: they were logged
/// within a day before this sync.
std::vector<AlertCondition> lasting_errors(const Night& night, Warehouse& warehouse,
                                           const std::vector<AlertRow>& stored);

} // namespace tidemark
