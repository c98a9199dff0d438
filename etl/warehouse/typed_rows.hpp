#pragma once

#include "warehouse/read_rows.hpp"
#include "warehouse/rows.hpp"

namespace tidemark {

/// Rows as `Warehouse::read` hands them over, as values again. Throw Error for a row that is none.
OrganisationRow organisation_row(const Row& row);
JobRow job_row(const Row& row);
DataSourceRow data_source_row(const Row& row);
TransferTaskRow transfer_task_row(const Row& row);
WatermarkRow watermark_row(const Row& row);
SyncRunRow sync_run_row(const Row& row);
SyncJobRow sync_job_row(const Row& row);
RejectedRecordRow rejected_record_row(const Row& row);
HistoryGapRow history_gap_row(const Row& row);
MessageShapeRow message_shape_row(const Row& row);
MessageShapeJobRow message_shape_job_row(const Row& row);

/// Without its log lines and task runs.
ExecutionRow execution_row(const Row& row);

} // namespace tidemark
