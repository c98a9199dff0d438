#pragma once

#include "source/source.hpp"
#include "sync/sync_log.hpp"
#include "verify/body_comparison.hpp"
#include "warehouse/warehouse.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tidemark {
/// Whether the rows of a stored execution match their stored content hash.
enum class StoredContent {
    intact,  ///< they match, or their log lines were pruned
    merged,  ///< they do not match, which is expected: the execution was stored more than once, and
             ///< can have lines that the source no longer returned the last time
    damaged, ///< they do not match although they were stored once: something else changed them
};

/// `row` must contain all of its stored log lines.
StoredContent stored_content(const ExecutionRow& row);

/// Calls `visit` with each stored execution of all jobs, with its log lines and without its task
/// runs. Only one is in memory at a time. Throws Error, also for an invalid row.
void each_stored_execution(Warehouse& warehouse,
                           const std::function<void(const ExecutionRow&)>& visit);

/// The comparison of one job's body with the stored executions.
struct JobComparison {
    Job job;
    StoredJob stored;
    BodyTally now;
    std::optional<std::string> error; ///< why its body could not be read
    bool may_be_skipped = false;      ///< a sync without `--full` may not read the whole body
};

/// Whether there is no difference. Stored history that the source no longer returns is no
/// difference.
bool agrees(const JobComparison& job);

/// The number of executions with this difference.
std::int64_t number_of(const JobComparison& job, Difference difference);

/// The command that repairs the differences; "" when there are none.
std::string repair_of(const JobComparison& job);

/// Compares the source with the warehouse, for the jobs that match one of `patterns`; without
/// patterns, for all configured jobs. Only reads. Throws Error when the source or the warehouse
/// fails, ConfigError for an unknown job, Interrupted when a signal arrived.
std::vector<JobComparison> verify_online(const Config& config, Source& source, Warehouse& warehouse,
                                         std::span<const std::string> patterns, Timestamp now,
                                         Progress& progress);

} // namespace tidemark
