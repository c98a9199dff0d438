#pragma once

#include "config/config.hpp"
#include "source/source.hpp"
#include "sync/sync_log.hpp"
#include "warehouse/warehouse.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace tidemark {

struct SyncOptions {
    std::vector<std::string> jobs; ///< names or ids with * and ?; empty: all configured jobs
    bool full = false;             ///< compare all executions, of any age
    bool dry_run = false;          ///< read and compare everything, write nothing
    bool reattribute = false;      ///< at the end, apply the current rules to the stored history
    bool accept_jobs = false;      ///< accept a list of jobs without any known job
    std::chrono::milliseconds lease_wait =
        default_lease_wait; ///< how long to wait for another sync
};

/// Loads new history from the source into the warehouse, job by job. Creates or upgrades the
/// schema, unless the configuration forbids it. Always writes the sync log. Throws Error when the
/// source or the warehouse fails, LeaseHeld when another sync is running, ConfigError for an
/// unknown job, Interrupted when a signal arrived.
SyncReport sync(const Config& config, Source& source, Clock now, Progress& progress,
                const SyncOptions& options);

} // namespace tidemark
