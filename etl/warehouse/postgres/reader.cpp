#include "warehouse/postgres/reader.hpp"

#include "warehouse/postgres/prune.hpp"
#include "warehouse/postgres/rows.hpp"
#include "warehouse/postgres/values.hpp"
#include "warehouse/values.hpp"

#include <fmt/format.h>

#include <unordered_map>
#include <utility>

namespace tidemark::postgres {
namespace {

constexpr std::string_view known_columns =
    "SELECT execution_id, execution_key, job_key, created_at, first_seen_at, content_hash,"
    " ended_at IS NULL OR state = 'running', incomplete, lost_since, abandoned_since,"
    " doubtful_after, state, source_timezone, ended_at, log_count, logs_pruned_at,"
    " newest_at, bytes_hash, line_count, time_trend, state_code"
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
            .state_code = integer_in(row[20]),
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

/// The states of jobs by their keys, while they are read.
using HistoryByJob = std::unordered_map<Key, JobHistory>;

void read_newest(pqxx::work& tx, const std::string& job_keys, HistoryByJob& histories) {
    const auto found = exec(tx,
                            "SELECT wanted, (SELECT max(created_at) FROM execution"
                            " WHERE job_key = wanted) FROM unnest($1::bigint[]) AS given (wanted)",
                            job_keys);
    for (const auto& row : found)
        histories[integer_in(row[0])].newest_created_at = nullable(moment_in, row[1]);
}

void read_pending(pqxx::work& tx, const std::string& job_keys, HistoryByJob& histories) {
    // worded as the partial index execution_pending is, or the server does not use it
    const auto sql = fmt::format("{} WHERE job_key = ANY ($1::bigint[]) AND (ended_at IS NULL"
                                 " OR state = 'running' OR incomplete)"
                                 " ORDER BY created_at, execution_key",
                                 known_columns);
    for (KnownExecution& pending : known_executions(exec(tx, sql, job_keys)))
        histories[pending.job_key].pending.push_back(std::move(pending));
}

void read_rejections(pqxx::work& tx, const std::string& job_keys, HistoryByJob& histories) {
    const auto found = exec(tx,
                            "SELECT job_key, rejected_record_key, content_hash, execution_id,"
                            " first_seen_at FROM rejected_record WHERE job_key = ANY ($1::bigint[])"
                            " AND resolved_at IS NULL ORDER BY rejected_record_key",
                            job_keys);
    for (const auto& row : found) {
        histories[integer_in(row[0])].rejections.push_back(
            {.rejected_record_key = integer_in(row[1]),
             .content_hash = hash_in(row[2]),
             .execution_id = nullable(guid_in, row[3]),
             .first_seen_at = moment_in(row[4])});
    }
}

/// From the newest sync backwards, which is how far the sync log has to be read.
void read_stopped_reads(pqxx::work& tx, const std::string& job_keys, HistoryByJob& histories) {
    const auto found = exec(tx,
                            "SELECT wanted, (SELECT count(*) FROM sync_job stopped"
                            " WHERE stopped.job_key = wanted AND stopped.reading = 'stopped'"
                            " AND stopped.sync_run_key > coalesce("
                            "(SELECT whole.sync_run_key FROM sync_job whole"
                            " WHERE whole.job_key = wanted AND whole.reading = 'whole'"
                            " ORDER BY whole.sync_run_key DESC LIMIT 1), 0))"
                            " FROM unnest($1::bigint[]) AS given (wanted)",
                            job_keys);
    for (const auto& row : found)
        histories[integer_in(row[0])].stopped_reads = integer_in(row[1]);
}

} // namespace

std::vector<JobHistory> histories(Connection& connection, std::span<const Key> job_keys) {
    if (job_keys.empty()) return {};
    return connection.transact([&](pqxx::work& tx, int) {
        constexpr std::string_view of_these = "WHERE job_key = ANY ($1::bigint[])";
        const auto keys = array_of(job_keys);
        HistoryByJob by_job;
        for (WatermarkRow& row : rows_of<WatermarkRow>(tx, of_these, keys))
            by_job[row.job_key].watermark = std::move(row);
        read_newest(tx, keys, by_job);
        read_pending(tx, keys, by_job);
        read_rejections(tx, keys, by_job);
        for (PruneMarkRow& row : rows_of<PruneMarkRow>(tx, of_these, keys))
            by_job[row.job_key].prune_marks.push_back(std::move(row));
        read_stopped_reads(tx, keys, by_job);
        std::vector<JobHistory> histories;
        histories.reserve(job_keys.size());
        for (const Key key : job_keys)
            histories.push_back(std::move(by_job[key]));
        return histories;
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

std::vector<std::optional<Timestamp>> newest_created(Connection& connection,
                                                     std::span<const CreationLimit> limits) {
    if (limits.empty()) return {};
    std::vector<Key> keys;
    std::vector<std::string> moments;
    for (const CreationLimit& limit : limits) {
        keys.push_back(limit.job_key);
        moments.push_back(fmt::format("\"{}\"", text_form(search_bound(limit.before)).view()));
    }
    return connection.transact([&](pqxx::work& tx, int) {
        const auto found = exec(tx,
                                "SELECT (SELECT max(created_at) FROM execution"
                                " WHERE job_key = wanted AND created_at < bound)"
                                " FROM unnest($1::bigint[], $2::timestamptz[]) WITH ORDINALITY"
                                " AS given (wanted, bound, place) ORDER BY place",
                                array_of(keys), fmt::format("{{{}}}", fmt::join(moments, ",")));
        std::vector<std::optional<Timestamp>> newest;
        newest.reserve(limits.size());
        for (const auto& row : found)
            newest.push_back(nullable(moment_in, row[0]));
        return newest;
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
        return rows_of<Log>(tx, "WHERE execution_key = $1::bigint ORDER BY line_number",
                            std::to_string(execution_key));
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
