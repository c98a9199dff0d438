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
/// How the rows of a stored execution stand to the content hash that was stored with them.
enum class StoredContent {
    intact,  ///< they hash to it, or lack the log lines that were pruned
    merged,  ///< they do not, and need not: the execution was stored more than once, and may keep
             ///< lines that the source no longer returned the last time
    damaged, ///< they do not, though they were stored once: something else changed them
};

/// `row` comes with all of its stored log lines.
StoredContent stored_content(const ExecutionRow& row);

/// Hands over every stored execution, whichever job it is of, with its log lines and without its
/// task runs; one at a time in memory. Throws Error, also for a row that holds no execution.
void each_stored_execution(Warehouse& warehouse,
                           const std::function<void(const ExecutionRow&)>& visit);

/// What the source returns of one job now, against what is stored of it.
struct JobComparison {
    Job job;
    StoredJob stored;
    BodyTally now;
    std::optional<std::string> error; ///< why its body could not be read
    bool may_be_skipped =
        false; ///< a sync may leave out the body, or a part of it, unless it is full
};

/// Whether nothing differs. History that the source no longer returns is no difference.
bool agrees(const JobComparison& job);

/// How many executions differ in this way.
std::int64_t number_of(const JobComparison& job, Difference difference);

/// What to do about what differs, as a command; "" when nothing does.
std::string repair_of(const JobComparison& job);

/// Compares what the source returns now with the warehouse, for the jobs that one of `patterns`
/// fits (all configured ones without a pattern). Reads only. Throws Error when the source or the
/// warehouse fails, ConfigError for a job that is not there, Interrupted when a signal arrived.
std::vector<JobComparison> verify_online(const Config& config, Source& source, Warehouse& warehouse,
                                         std::span<const std::string> patterns, Timestamp now,
                                         Progress& progress);

} // namespace tidemark
