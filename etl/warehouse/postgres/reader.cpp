#include "warehouse/postgres/reader.hpp"

#include "warehouse/postgres/prune.hpp"
#include "warehouse/postgres/rows.hpp"
#include "warehouse/postgres/values.hpp"
#include "warehouse/values.hpp"

#include <fmt/format.h>

namespace tidemark::postgres {
namespace {

constexpr std::string_view known_columns =
    "SELECT execution_id, execution_key, job_key, created_at, first_seen_at, content_hash,"
    " ended_at IS NULL OR state = 'running', incomplete, lost_since, abandoned_since,"
    " doubtful_after, state, source_timezone, ended_at, log_count, logs_pruned_at,"
    " newest_at, bytes_hash, line_count, time_trend"
    " FROM execution LEFT JOIN execution_reading USING (execution_key)";

std::optional<ExecutionReadingRow> reading_in(const pqxx::row& row) {
    const auto newest_at = nullable(moment_in, row[16]);
    if (!newest_at) return std::nullopt;
    return ExecutionReadingRow{.execution_key = integer_in(row[1]),
                               .bytes_hash = nullable(hash_in, row[17]),
                               .line_count = integer_in(row[18]),
                               .time_trend = integer_in(row[19]),
                               .newest_at = *newest_at};
}

KnownExecution known_execution(const pqxx::row& row) {
    return {.id = guid_in(row[0]),
            .execution_key = integer_in(row[1]),
            .job_key = integer_in(row[2]),
            .created_at = moment_in(row[3]),
            .first_seen_at = moment_in(row[4]),
            .content_hash = hash_in(row[5]),
            .state = state_from_text(text_in(row[11])),
            .ended_at = nullable(moment_in, row[13]),
            .log_count = integer_in(row[14]),
            .open = flag_in(row[6]),
            .incomplete = flag_in(row[7]),
            .lost_since = nullable(moment_in, row[8]),
            .abandoned_since = nullable(moment_in, row[9]),
            .doubtful_after = nullable(moment_in, row[10]),
            .source_timezone = nullable(text_in, row[12]),
            .logs_pruned_at = nullable(moment_in, row[15]),
            .reading = reading_in(row)};
}

std::vector<KnownExecution> known_executions(const pqxx::result& found) {
    std::vector<KnownExecution> executions;
    for (const auto& row : found)
        executions.push_back(known_execution(row));
    return executions;
}

std::vector<Guid> ids_in(const pqxx::result& found) {
    std::vector<Guid> ids;
    for (const auto& row : found)
        ids.push_back(guid_in(row[0]));
    return ids;
}

/// The watermark and the newest execution, either of which may not be there.
void read_watermark(pqxx::work& tx, const std::string& job_key, JobHistory& history) {
    const auto sql =
        fmt::format("SELECT (SELECT max(created_at) FROM execution WHERE job_key = $1::bigint), {}"
                    " FROM (SELECT 1) one LEFT JOIN watermark ON job_key = $1::bigint",
                    read_columns(outline_of<WatermarkRow>()));
    const auto row = exec(tx, sql, job_key)[0];
    history.newest_created_at = nullable(moment_in, row[0]);
    if (!row[1].is_null()) history.watermark = row_in<WatermarkRow>(row, 1);
}

std::vector<KnownExecution> pending_of(pqxx::work& tx, const std::string& job_key) {
    // worded as the partial index execution_pending is, or the server does not use it
    return known_executions(exec(tx,
                                 fmt::format("{} WHERE job_key = $1::bigint AND (ended_at IS NULL"
                                             " OR state = 'running' OR incomplete)"
                                             " ORDER BY created_at, execution_key",
                                             known_columns),
                                 job_key));
}

std::vector<KnownRejection> rejections_of(pqxx::work& tx, const std::string& job_key) {
    std::vector<KnownRejection> rejections;
    const auto found = exec(tx,
                            "SELECT rejected_record_key, content_hash, execution_id,"
                            " first_seen_at FROM rejected_record WHERE job_key = $1::bigint"
                            " AND resolved_at IS NULL ORDER BY rejected_record_key",
                            job_key);
    for (const auto& row : found) {
        rejections.push_back({.rejected_record_key = integer_in(row[0]),
                              .content_hash = hash_in(row[1]),
                              .execution_id = nullable(guid_in, row[2]),
                              .first_seen_at = moment_in(row[3])});
    }
    return rejections;
}

/// From the newest sync backwards, which is how far the sync log has to be read.
std::int64_t stopped_reads_of(pqxx::work& tx, const std::string& job_key) {
    return integer_in(exec(tx,
                           "SELECT count(*) FROM sync_job WHERE job_key = $1::bigint"
                           " AND reading = 'stopped' AND sync_run_key > coalesce("
                           "(SELECT whole.sync_run_key FROM sync_job whole"
                           " WHERE whole.job_key = $1::bigint AND whole.reading = 'whole'"
                           " ORDER BY whole.sync_run_key DESC LIMIT 1), 0)",
                           job_key)[0][0]);
}

} // namespace

JobHistory history(Connection& connection, Key job_key) {
    return connection.transact([&](pqxx::work& tx, int) {
        const auto key = std::to_string(job_key);
        JobHistory history;
        read_watermark(tx, key, history);
        history.pending = pending_of(tx, key);
        history.rejections = rejections_of(tx, key);
        history.prune_marks = rows_of<PruneMarkRow>(tx, "WHERE job_key = $1::bigint", key);
        history.stopped_reads = stopped_reads_of(tx, key);
        return history;
    });
}

std::vector<KnownExecution> find(Connection& connection, std::span<const Guid> execution_ids) {
    if (execution_ids.empty()) return {};
    return connection.transact([&](pqxx::work& tx, int) {
        return known_executions(
            exec(tx, fmt::format("{} WHERE execution_id = ANY ($1::uuid[])", known_columns),
                 array_of(execution_ids)));
    });
}

std::optional<Timestamp> newest_created_before(Connection& connection, Key job_key,
                                               Timestamp limit) {
    return connection.transact([&](pqxx::work& tx, int) {
        const auto found =
            exec(tx,
                 "SELECT max(created_at) FROM execution"
                 " WHERE job_key = $1::bigint AND created_at < $2::timestamptz",
                 std::to_string(job_key), std::string{text_form(search_bound(limit)).view()});
        return nullable(moment_in, found[0][0]);
    });
}

std::vector<Guid> held(Connection& connection, Key job_key, std::span<const Guid> execution_ids) {
    if (execution_ids.empty()) return {};
    return connection.transact([&](pqxx::work& tx, int) {
        return ids_in(exec(tx,
                           "SELECT execution_id FROM execution"
                           " WHERE execution_id = ANY ($1::uuid[]) AND job_key = $2::bigint",
                           array_of(execution_ids), std::to_string(job_key)));
    });
}

std::vector<Guid> created_between(Connection& connection, Key job_key, Timestamp from,
                                  Timestamp until) {
    return connection.transact([&](pqxx::work& tx, int) {
        return ids_in(exec(tx,
                           "SELECT execution_id FROM execution WHERE job_key = $1::bigint"
                           " AND created_at >= $2::timestamptz AND created_at < $3::timestamptz"
                           " AND lost_since IS NULL",
                           std::to_string(job_key),
                           std::string{text_form(search_bound(from)).view()},
                           std::string{text_form(search_bound(until)).view()}));
    });
}

std::optional<Date> first_day(Connection& connection, Date from) {
    return connection.transact([&](pqxx::work& tx, int) {
        // a day of any zone begins within a day of that of UTC, so these are found by the index
        const auto first = exec(tx,
                                "SELECT created_at AT TIME ZONE 'UTC' FROM execution"
                                " WHERE created_at AT TIME ZONE 'UTC' >= $1::date - 1"
                                " AND created_on >= $1::date"
                                " ORDER BY created_at AT TIME ZONE 'UTC' LIMIT 1",
                                to_text(from));
        if (first.empty()) return std::optional<Date>{};
        const auto day = exec(tx,
                              "SELECT min(created_on) FROM execution"
                              " WHERE created_at AT TIME ZONE 'UTC'"
                              " BETWEEN $1::timestamp AND $1::timestamp + interval '2 days'"
                              " AND created_on >= $2::date",
                              text_in(first[0][0]), to_text(from));
        return date_from_text(text_in(day[0][0]));
    });
}

std::vector<Log> logs(Connection& connection, Key execution_key) {
    return connection.transact([&](pqxx::work& tx, int) {
        std::vector<Log> logs;
        const auto found = exec(tx,
                                "SELECT log_id, logged_at, severity, message, extra, shape_key,"
                                " line_number FROM execution_log"
                                " WHERE execution_key = $1::bigint ORDER BY line_number",
                                std::to_string(execution_key));
        for (const auto& row : found) {
            logs.push_back({.id = guid_in(row[0]),
                            .logged_at = moment_in(row[1]),
                            .severity = integer_in(row[2]),
                            .message = nullable(text_in, row[3]),
                            .extra = text_in(row[4]),
                            .shape_key = nullable(integer_in, row[5]),
                            .line_number = integer_in(row[6])});
        }
        return logs;
    });
}

namespace {

void read_tables_of(pqxx::work& tx, Key organisation_key, Dimensions& result) {
    result.has_executions =
        flag_in(exec(tx,
                     "SELECT EXISTS (SELECT 1 FROM job JOIN execution USING (job_key)"
                     " WHERE organisation_key = $1::bigint)",
                     std::to_string(organisation_key))[0][0]);
    const auto key = std::to_string(organisation_key);
    result.jobs = rows_of<JobRow>(tx, "WHERE organisation_key = $1::bigint ORDER BY job_key", key);
    result.data_sources = rows_of<DataSourceRow>(
        tx, "WHERE organisation_key = $1::bigint ORDER BY data_source_key", key);
    result.transfer_tasks = rows_of<TransferTaskRow>(
        tx, "WHERE organisation_key = $1::bigint ORDER BY transfer_task_key", key);
}

void read_last_keys(pqxx::work& tx, Dimensions& result) {
    const auto last = exec(tx, "SELECT (SELECT max(organisation_key) FROM organisation),"
                               " (SELECT max(job_key) FROM job),"
                               " (SELECT max(data_source_key) FROM data_source),"
                               " (SELECT max(transfer_task_key) FROM transfer_task),"
                               " (SELECT max(execution_key) FROM execution),"
                               " (SELECT max(rejected_record_key) FROM rejected_record),"
                               " (SELECT max(sync_run_key) FROM sync_run),"
                               " (SELECT max(started_at) FROM (SELECT started_at FROM sync_run"
                               " ORDER BY sync_run_key DESC LIMIT 10) AS latest)")[0];
    result.last_organisation_key = integer_in(last[0]);
    result.last_job_key = integer_in(last[1]);
    result.last_data_source_key = integer_in(last[2]);
    result.last_transfer_task_key = integer_in(last[3]);
    result.last_execution_key = integer_in(last[4]);
    result.last_rejected_record_key = integer_in(last[5]);
    result.last_sync_run_key = integer_in(last[6]);
    result.latest_sync_at = nullable(moment_in, last[7]);
}

} // namespace

Dimensions dimensions(Connection& connection, std::string_view organisation) {
    return connection.transact([&](pqxx::work& tx, int) {
        Dimensions result;
        auto named = rows_of<OrganisationRow>(tx, "WHERE name = $1", std::string(organisation));
        if (!named.empty()) result.organisation = std::move(named.front());
        if (result.organisation) read_tables_of(tx, result.organisation->organisation_key, result);
        // those that a killed sync left open, of whichever organisation
        result.unfinished_syncs =
            rows_of<SyncRunRow>(tx, "WHERE outcome = 'running' ORDER BY sync_run_key");
        read_last_keys(tx, result);
        return result;
    });
}

} // namespace tidemark::postgres
