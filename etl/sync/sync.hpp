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
    std::vector<std::string> jobs; ///< names or ids with * and ?; empty: all that are configured
    bool full = false;             ///< compare every execution, however old
    bool dry_run = false;          ///< read and compare everything, write nothing
    bool reattribute = false;      ///< apply today's rules to all that is stored, at the end
    bool accept_jobs = false;      ///< believe a list of jobs in which not one is known
    std::chrono::milliseconds lease_wait = default_lease_wait; ///< for another sync to end
};

/// Pulls what is new from the source into the warehouse, job by job. Creates or upgrades the
/// warehouse's schema unless the configuration says not to. Writes the sync log whatever happens.
/// Throws Error when the source or the warehouse fails, LeaseHeld when another sync is under way,
/// ConfigError for a job that is not there, Interrupted when a signal arrived.
SyncReport sync(const Config& config, Source& source, Clock now, Progress& progress,
                const SyncOptions& options);

} // namespace tidemark
