#pragma once

#include "warehouse/sqlite/execution_writer.hpp"
#include "warehouse/sqlite/rows.hpp"
#include "warehouse/warehouse.hpp"

namespace tidemark::sqlite {
/// Writes what kinds of message there are, inside of the caller's transaction.
class ShapeWriter {
public:
    explicit ShapeWriter(Connection& connection);

    void write(const Batch& batch);

private:
    void add(const Batch& batch);

    Statement m_template;
    Statement m_shape;
    Statement m_shape_job;
    Statement m_add_shape;
    Statement m_add_shape_job;
    Statement m_forget_shapes;
    Statement m_forget_shape_jobs;
};

/// Writes batches, each in one transaction. Made once per connection: it keeps its statements.
class BatchWriter {
public:
    explicit BatchWriter(Connection& connection);

    void write(const Batch& batch);

    /// All batches that `work` hands over, in one transaction.
    void write_all(const std::function<void(const BatchSink&)>& work);

private:
    void store(const Batch& batch);
    void write_dimensions(const Batch& batch);
    void write_calendar(const std::vector<CalendarDayRow>& days);
    void write_executions(const Batch& batch);
    void write_sync(const Batch& batch);
    void write_rejections(const Batch& batch);
    void remove_unused(const Batch& batch);

    void write(const SyncRunRow& row);
    void write(const SyncJobRow& row);
    void write(const RejectedRecordRow& row);

    Connection& m_connection;
    ExecutionWriter m_executions;
    ShapeWriter m_shapes;
    Statement m_organisation;
    Statement m_job;
    Statement m_data_source;
    Statement m_transfer_task;
    Statement m_sync_run;
    Statement m_sync_job;
    Statement m_rejected;
    Statement m_resolve;
    Statement m_gap;
    RowWriter<WatermarkRow> m_watermarks;
    Statement m_calendar_day;
    Statement m_remove_transfer_task;
    Statement m_remove_data_source;
};

} // namespace tidemark::sqlite
