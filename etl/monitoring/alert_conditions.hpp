#pragma once

#include "monitoring/night.hpp"
#include "warehouse/rows.hpp"
#include "warehouse/warehouse.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// A problem that holds after a sync.
struct AlertCondition {
    std::string
        kind; ///< `sync_failed`, `source_late`, `run_missed`, `new_error`, `wording_changed`
    std::string subject; ///< identifies the problem within its kind; "" for the whole organisation
    std::string text;    ///< one line for people
};

/// All problems after this sync, except `lasting_errors`. When `warehouse` is null because it
/// cannot be opened, only a failure of the sync is returned.
std::vector<AlertCondition> alert_conditions(const Night& night, Warehouse* warehouse);

/// The errors that were new at an earlier sync (see the stored alerts) and still occur: they were
/// logged within a day before this sync.
std::vector<AlertCondition> lasting_errors(const Night& night, Warehouse& warehouse,
                                           const std::vector<AlertRow>& stored);

} // namespace tidemark
