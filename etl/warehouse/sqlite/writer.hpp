#pragma once

#include "warehouse/sqlite/execution_writer.hpp"
#include "warehouse/sqlite/rows.hpp"
#include "warehouse/warehouse.hpp"

namespace tidemark::sqlite {
/// Writes the shapes of messages within the caller's transaction.
class ShapeWriter {
public:
    explicit ShapeWriter(Connection& connection);

    void write(const Batch& batch);

private:
    /// Allocates the keys of their log templates.
    void number(const std::vector<MessageShapeRow>& shapes);

    Statement m_template;
    RowWriter<MessageShapeRow> m_shapes;
    RowWriter<MessageShapeJobRow> m_shape_jobs;
    RowWriter<MessageShapeRow> m_added_shapes;
    RowWriter<MessageShapeJobRow> m_added_shape_jobs;
    Statement m_delete_shapes;
    Statement m_delete_shape_jobs;
};

/// Writes batches, each in one transaction. It keeps its prepared statements; make one per
/// connection.
class BatchWriter {
public:
    explicit BatchWriter(Connection& connection);

    void write(const Batch& batch);

    /// Writes all batches of `work` in one transaction.
    void write_all(const std::function<void(const BatchSink&)>& work);

private:
    void store(const Batch& batch);
    void write_executions(const Batch& batch);
    void remove_unused(const Batch& batch);

    Connection& m_connection;
    ExecutionWriter m_executions;
    RowWriter<ExecutionReadingRow> m_readings;
    ShapeWriter m_shapes;
    RowWriter<OrganisationRow> m_organisations;
    RowWriter<JobRow> m_jobs;
    RowWriter<DataSourceRow> m_data_sources;
    RowWriter<TransferTaskRow> m_transfer_tasks;
    RowWriter<CalendarDayRow> m_calendar;
    Statement m_forget_given_starts;
    RowWriter<GivenStartRow> m_given_starts;
    RowWriter<SyncRunRow> m_sync_runs;
    RowWriter<SyncJobRow> m_sync_jobs;
    RowWriter<HistoryGapRow> m_gaps;
    RowWriter<RejectedRecordRow> m_rejected;
    Statement m_resolve;
    RowWriter<WatermarkRow> m_watermarks;
    RowWriter<QueuedRunRow> m_queued_runs;
    RowWriter<AlertRow> m_alerts;
    Statement m_remove_transfer_task;
    Statement m_remove_data_source;
};

} // namespace tidemark::sqlite
