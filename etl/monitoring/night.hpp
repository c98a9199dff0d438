#pragma once

#include "exit_code.hpp"
#include "model/time.hpp"
#include "sync/sync_log.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tidemark {

/// The result of one run of `tidemark sync`.
struct Night {
    std::string organisation;
    Timestamp started_at;
    Timestamp ended_at;
    ExitCode exit_code = ExitCode::failed;
    std::optional<int> interrupted;   ///< that of a sync which a signal ended, instead
    std::optional<SyncReport> report; ///< null when the sync ended early
    std::string error;                ///< the reason then
    std::vector<std::string> lines;   ///< the printed summary
};

/// What the process ends with.
int process_exit_code(const Night& night);

/// One JSON object, with a line break at its end. Its keys are described in docs/operations.md.
std::string summary_json(const Night& night);

} // namespace tidemark
