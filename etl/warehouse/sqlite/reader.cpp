#include "warehouse/sqlite/reader.hpp"

#include "warehouse/sqlite/prune.hpp"
#include "warehouse/sqlite/rows.hpp"
#include "warehouse/values.hpp"

#include <fmt/format.h>

namespace tidemark::sqlite {
namespace {

constexpr std::string_view known_columns =
    "SELECT execution_id, execution_key, job_key, created_at, first_seen_at, content_hash,"
    " ended_at IS NULL OR state = 'running', incomplete, lost_since, abandoned_since,"
    " doubtful_after, state, source_timezone, ended_at, log_count, logs_pruned_at,"
    " newest_at, bytes_hash, line_count, time_trend, state_code"
    " FROM execution LEFT JOIN execution_reading USING (execution_key)";

std::optional<ExecutionReadingRow> reading_in(const Row& row) {
    const auto newest_at = row.nullable(&Row::moment, 16);
    if (!newest_at) return std::nullopt;
    return ExecutionReadingRow{.execution_key = row.integer(1),
                               .bytes_hash = row.nullable(&Row::hash, 17),
                               .line_count = row.integer(18),
                               .time_trend = row.integer(19),
                               .newest_at = *newest_at};
}

KnownExecution known_execution(const Row& row) {
    return {.id = row.guid(0),
            .execution_key = row.integer(1),
            .job_key = row.integer(2),
            .created_at = row.moment(3),
            .first_seen_at = row.moment(4),
            .content_hash = row.hash(5),
            .state_code = row.integer(20),
            .state = state_from_text(row.text(11)),
            .ended_at = row.nullable(&Row::moment, 13),
            .log_count = row.integer(14),
            .open = row.flag(6),
            .incomplete = row.flag(7),
            .lost_since = row.nullable(&Row::moment, 8),
            .abandoned_since = row.nullable(&Row::moment, 9),
            .doubtful_after = row.nullable(&Row::moment, 10),
            .source_timezone = row.nullable(&Row::string, 12),
            .logs_pruned_at = row.nullable(&Row::moment, 15),
            .reading = reading_in(row)};
}

/// The statements that read the state of a job, prepared once for many.
class HistoryReader {
public:
    explicit HistoryReader(Connection& connection)
        : m_watermark(connection, select_from(outline_of<WatermarkRow>(), "WHERE job_key = ?")),
          m_newest(connection, "SELECT max(created_at) FROM execution WHERE job_key = ?"),
          // worded as the partial index execution_pending is, or SQLite does not use it
          m_pending(connection,
                    fmt::format("{} WHERE job_key = ?"
                                " AND (ended_at IS NULL OR state = 'running' OR incomplete)"
                                " ORDER BY created_at, execution_key",
                                known_columns)),
          m_rejections(connection,
                       "SELECT rejected_record_key, content_hash, execution_id, first_seen_at"
                       " FROM rejected_record WHERE job_key = ? AND resolved_at IS NULL"
                       " ORDER BY rejected_record_key"),
          m_prune_marks(connection, select_from(outline_of<PruneMarkRow>(), "WHERE job_key = ?")),
          // from the newest sync backwards, which is how far the sync log has to be read
          m_stopped_reads(connection, "SELECT count(*) FROM sync_job WHERE job_key = ?"
                                      " AND reading = 'stopped'"
                                      " AND sync_run_key > coalesce((SELECT whole.sync_run_key"
                                      " FROM sync_job whole WHERE whole.job_key = ?"
                                      " AND whole.reading = 'whole'"
                                      " ORDER BY whole.sync_run_key DESC LIMIT 1), 0)") {}

    JobHistory read(Key job_key) {
        JobHistory history;
        m_watermark.each([&](const Row& row) { history.watermark = row_in<WatermarkRow>(row); },
                         job_key);
        m_newest.each(
            [&](const Row& row) { history.newest_created_at = row.nullable(&Row::moment, 0); },
            job_key);
        m_pending.each([&](const Row& row) { history.pending.push_back(known_execution(row)); },
                       job_key);
        m_rejections.each(
            [&](const Row& row) {
                history.rejections.push_back({.rejected_record_key = row.integer(0),
                                              .content_hash = row.hash(1),
                                              .execution_id = row.nullable(&Row::guid, 2),
                                              .first_seen_at = row.moment(3)});
            },
            job_key);
        m_prune_marks.each(
            [&](const Row& row) { history.prune_marks.push_back(row_in<PruneMarkRow>(row)); },
            job_key);
        m_stopped_reads.each([&](const Row& row) { history.stopped_reads = row.integer(0); },
                             job_key, job_key);
        return history;
    }

private:
    Statement m_watermark;
    Statement m_newest;
    Statement m_pending;
    Statement m_rejections;
    Statement m_prune_marks;
    Statement m_stopped_reads;
};

} // namespace

std::vector<JobHistory> histories(Connection& connection, std::span<const Key> job_keys) {
    const Snapshot snapshot(connection);
    HistoryReader reader(connection);
    std::vector<JobHistory> histories;
    histories.reserve(job_keys.size());
    for (const Key job_key : job_keys)
        histories.push_back(reader.read(job_key));
    return histories;
}

std::vector<KnownExecution> find(Connection& connection, std::span<const Guid> execution_ids) {
    std::vector<KnownExecution> found;
    if (execution_ids.empty()) return found;
    const Snapshot snapshot(connection);
    Statement one(connection, fmt::format("{} WHERE execution_id = ?", known_columns));
    for (const Guid& id : execution_ids)
        one.each([&](const Row& row) { found.push_back(known_execution(row)); }, id);
    return found;
}

std::vector<std::optional<Timestamp>> newest_created(Connection& connection,
                                                     std::span<const CreationLimit> limits) {
    std::vector<std::optional<Timestamp>> newest(limits.size());
    const Snapshot snapshot(connection);
    Statement one(connection,
                  "SELECT max(created_at) FROM execution WHERE job_key = ? AND created_at < ?");
    for (std::size_t i = 0; i < limits.size(); ++i) {
        one.each([&](const Row& row) { newest[i] = row.nullable(&Row::moment, 0); },
                 limits[i].job_key, search_bound(limits[i].before));
    }
    return newest;
}

std::vector<Guid> held(Connection& connection, Key job_key, std::span<const Guid> execution_ids) {
    std::vector<Guid> found;
    if (execution_ids.empty()) return found;
    const Snapshot snapshot(connection);
    Statement one(connection, "SELECT 1 FROM execution WHERE execution_id = ? AND job_key = ?");
    for (const Guid& id : execution_ids)
        one.each([&](const Row&) { found.push_back(id); }, id, job_key);
    return found;
}

std::vector<Guid> created_between(Connection& connection, Key job_key, Timestamp from,
                                  Timestamp until) {
    std::vector<Guid> ids;
    Statement(connection, "SELECT execution_id FROM execution WHERE job_key = ?"
                          " AND created_at >= ? AND created_at < ? AND lost_since IS NULL")
        .each([&](const Row& row) { ids.push_back(row.guid(0)); }, job_key, search_bound(from),
              search_bound(until));
    return ids;
}

std::optional<Date> first_day(Connection& connection, Date from) {
    // a day of any zone begins within a day of that of UTC, so these are found by the index
    std::optional<Timestamp> first;
    Statement(connection, "SELECT min(created_at) FROM execution"
                          " WHERE created_at >= ? AND created_on >= ?")
        .each([&](const Row& row) { first = row.nullable(&Row::moment, 0); },
              Timestamp{from - std::chrono::days{1}}, from);
    if (!first) return std::nullopt;
    std::optional<std::string> day;
    Statement(connection, "SELECT min(created_on) FROM execution"
                          " WHERE created_at BETWEEN ? AND ? AND created_on >= ?")
        .each([&](const Row& row) { day = row.nullable(&Row::string, 0); }, *first,
              *first + std::chrono::days{2}, from);
    return day ? date_from_text(*day) : std::nullopt;
}

namespace {

bool has_executions(Connection& connection, Key organisation_key) {
    bool found = false;
    Statement(connection, "SELECT EXISTS (SELECT 1 FROM job JOIN execution USING (job_key)"
                          " WHERE organisation_key = ?)")
        .each([&](const Row& row) { found = row.flag(0); }, organisation_key);
    return found;
}

/// The highest key of a table, 0 when it is empty.
Key last_key(Connection& connection, std::string_view table) {
    Key last = 0;
    Statement(connection, fmt::format("SELECT max({0}_key) FROM {0}", table))
        .each([&](const Row& row) { last = row.integer(0); });
    return last;
}

} // namespace

Dimensions dimensions(Connection& connection, std::string_view organisation) {
    Dimensions result;
    result.organisation = row_of<OrganisationRow>(connection, "WHERE name = ?", organisation);
    if (result.organisation) {
        const Key key = result.organisation->organisation_key;
        result.has_executions = has_executions(connection, key);
        result.jobs =
            rows_of<JobRow>(connection, "WHERE organisation_key = ? ORDER BY job_key", key);
        result.data_sources = rows_of<DataSourceRow>(
            connection, "WHERE organisation_key = ? ORDER BY data_source_key", key);
        result.transfer_tasks = rows_of<TransferTaskRow>(
            connection, "WHERE organisation_key = ? ORDER BY transfer_task_key", key);
    }
    // those that a killed sync left open, of whichever organisation
    result.unfinished_syncs =
        rows_of<SyncRunRow>(connection, "WHERE outcome = 'running' ORDER BY sync_run_key");
    result.last_organisation_key = last_key(connection, "organisation");
    result.last_job_key = last_key(connection, "job");
    result.last_data_source_key = last_key(connection, "data_source");
    result.last_transfer_task_key = last_key(connection, "transfer_task");
    result.last_execution_key = last_key(connection, "execution");
    result.last_rejected_record_key = last_key(connection, "rejected_record");
    result.last_sync_run_key = last_key(connection, "sync_run");
    Statement(connection, "SELECT max(started_at) FROM (SELECT started_at FROM sync_run"
                          " ORDER BY sync_run_key DESC LIMIT 10)")
        .each([&](const Row& row) { result.latest_sync_at = row.nullable(&Row::moment, 0); });
    return result;
}

} // namespace tidemark::sqlite
