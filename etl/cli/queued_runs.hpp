#pragma once

#include "config/config.hpp"
#include "model/job.hpp"
#include "warehouse/warehouse.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tidemark {

/// The job of this id or of exactly this name. Throws ConfigError that lists candidates when there
/// is none, or more than one.
Job job_to_run(const JobList& jobs, const std::string& wanted);

/// The warehouse, to remember in it what was asked for: created and upgraded where that is needed
/// and allowed. Throws as `open_warehouse` and `migrate`.
std::unique_ptr<Warehouse> open_for_queueing(const WarehouseConfig& config);

/// The runs of a job that were asked for and of which nobody was told how they ended, oldest first.
std::vector<QueuedRunRow> open_runs(Warehouse& warehouse, const Guid& job_id);

/// Remembers that the end of this run was told; of no effect for one that `execute` did not queue.
/// A warehouse that cannot be written to is a line on stderr.
void close_run(const WarehouseConfig& config, const QueuedRunRow& run);

/// `'tidemark execute …' follows it`
std::string resume_words(const Config& config, const Job& job, const Guid& trigger_id);

/// How to find out whether a run was queued whose answer was lost.
std::string how_to_find_out(const Config& config);

} // namespace tidemark
