#pragma once

#include "warehouse/warehouse.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Small rows for tests: whatever a test does not name is filled in with something plausible.
namespace tidemark::test {

/// Throws std::invalid_argument for text that is no moment.
Timestamp moment(std::string_view text);

/// A guid that differs for each number, and sorts like it.
Guid guid(std::uint64_t number);

OrganisationRow organisation(Key key, std::string name = "default");
JobRow job(Key key, std::string name = "Nightly load", Key organisation_key = 1);
DataSourceRow data_source(Key key, std::string name, std::optional<double> max_age_hours = {},
                          Key organisation_key = 1);
TransferTaskRow transfer_task(Key key, std::string name, std::optional<Key> data_source_key = {},
                              Key organisation_key = 1);

/// A completed execution of job 1 that took ten minutes; its id is `guid(key)`.
ExecutionRow execution(Key key, std::string_view created_at = "2026-10-09 03:00:00.000000");

/// One that runs: without an end.
ExecutionRow running_execution(Key key, std::string_view created_at = "2026-10-09 03:00:00.000000");

/// Its id and its place in the log are of this number.
Log log(std::uint64_t number, std::optional<std::string> message,
        std::string_view logged_at = "2026-10-09 03:00:01.000000");

/// A run that started ten minutes before it ended with this outcome.
TaskRunRow task_run(Key transfer_task_key, TaskOutcome outcome, std::string_view ended_at);

RejectedRecordRow rejected(Key key, std::uint64_t content_hash);

SyncRunRow sync_run(Key key);

/// Organisation 1 with job 1 and sync 1: what other rows refer to.
Batch foundation();

/// A batch of new executions alone.
Batch new_executions(std::vector<ExecutionRow> executions);

using TextRow = std::map<std::string, std::string>;

/// A table or view as text, null as `NULL`.
std::vector<TextRow> rows_of(Warehouse& warehouse, std::string_view relation);

/// The one row of it; throws std::logic_error when there is none or another.
TextRow row_of(Warehouse& warehouse, std::string_view relation);

/// Everything in the tables of the history, for comparing.
std::map<std::string, std::vector<TextRow>> contents(Warehouse& warehouse);

} // namespace tidemark::test
