#pragma once

#include "config/config.hpp"
#include "model/job.hpp"
#include "warehouse/warehouse.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tidemark {

/// The job with this id or exactly this name. Throws ConfigError with candidates when there is none
/// or more than one.
Job job_to_run(const JobList& jobs, const std::string& wanted);

/// Opens the warehouse to store a queued run; creates or upgrades it if that is necessary and
/// allowed. Throws like `open_warehouse` and `migrate`.
std::unique_ptr<Warehouse> open_for_queueing(const WarehouseConfig& config);

/// The queued runs of a job without a reported end, oldest first.
std::vector<QueuedRunRow> open_runs(Warehouse& warehouse, const Guid& job_id);

/// Stores that the end of this run was reported. No effect for a run that `execute` did not queue.
/// An error of the warehouse is only logged.
void close_run(const WarehouseConfig& config, const QueuedRunRow& run);

/// `'tidemark execute …' follows it`
std::string resume_words(const Config& config, const Job& job, const Guid& trigger_id);

/// Advice on how to find out whether a run was queued after its answer was lost.
std::string how_to_find_out(const Config& config);

} // namespace tidemark
