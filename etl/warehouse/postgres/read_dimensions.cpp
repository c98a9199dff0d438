#include "warehouse/postgres/reader.hpp"
#include "warehouse/postgres/values.hpp"

namespace tidemark::postgres {
namespace {

std::optional<OrganisationRow> organisation_named(pqxx::work& tx, std::string_view name) {
    const auto found = exec(tx,
                            "SELECT organisation_key, name, base_url, reporting_timezone,"
                            " attribution_fingerprint, unreadable_jobs, source_timezone,"
                            " read_fingerprint FROM organisation WHERE name = $1",
                            std::string(name));
    if (found.empty()) return std::nullopt;
    const auto row = found[0];
    return OrganisationRow{.organisation_key = integer_in(row[0]),
                           .name = text_in(row[1]),
                           .base_url = text_in(row[2]),
                           .reporting_timezone = text_in(row[3]),
                           .attribution_fingerprint = nullable(text_in, row[4]),
                           .unreadable_jobs = nullable(text_in, row[5]),
                           .source_timezone = nullable(text_in, row[6]),
                           .read_fingerprint = nullable(text_in, row[7])};
}

/// The rows of a small table that belong to an organisation.
template <typename MakeRow>
auto rows_of(pqxx::work& tx, std::string_view sql, Key organisation_key, MakeRow make_row) {
    std::vector<decltype(make_row(std::declval<pqxx::row>()))> rows;
    const auto found = exec(tx, sql, std::to_string(organisation_key));
    for (const auto& row : found)
        rows.push_back(make_row(row));
    return rows;
}

JobRow job_in(const pqxx::row& row) {
    return {.job_key = integer_in(row[0]),
            .organisation_key = integer_in(row[1]),
            .job_id = guid_in(row[2]),
            .name = text_in(row[3]),
            .first_seen_at = moment_in(row[4]),
            .missing_since = nullable(moment_in, row[5]),
            .excluded_since = nullable(moment_in, row[6])};
}

DataSourceRow data_source_in(const pqxx::row& row) {
    return {.data_source_key = integer_in(row[0]),
            .organisation_key = integer_in(row[1]),
            .name = text_in(row[2]),
            .max_age_hours = nullable(real_in, row[3]),
            .is_retired = integer_in(row[4]) != 0};
}

TransferTaskRow transfer_task_in(const pqxx::row& row) {
    return {.transfer_task_key = integer_in(row[0]),
            .organisation_key = integer_in(row[1]),
            .name = text_in(row[2]),
            .data_source_key = nullable(integer_in, row[3])};
}

void read_tables_of(pqxx::work& tx, Key organisation_key, Dimensions& result) {
    result.has_executions =
        flag_in(exec(tx,
                     "SELECT EXISTS (SELECT FROM job JOIN execution USING (job_key)"
                     " WHERE organisation_key = $1::bigint)",
                     std::to_string(organisation_key))[0][0]);
    result.jobs =
        rows_of(tx,
                "SELECT job_key, organisation_key, job_id, name, first_seen_at,"
                " missing_since, excluded_since FROM job WHERE organisation_key = $1::bigint"
                " ORDER BY job_key",
                organisation_key, job_in);
    result.data_sources =
        rows_of(tx,
                "SELECT data_source_key, organisation_key, name, max_age_hours, is_retired"
                " FROM data_source WHERE organisation_key = $1::bigint"
                " ORDER BY data_source_key",
                organisation_key, data_source_in);
    result.transfer_tasks =
        rows_of(tx,
                "SELECT transfer_task_key, organisation_key, name, data_source_key"
                " FROM transfer_task WHERE organisation_key = $1::bigint"
                " ORDER BY transfer_task_key",
                organisation_key, transfer_task_in);
}

/// The rows that a killed sync left open, of whichever organisation.
std::vector<SyncRunRow> unfinished_syncs(pqxx::work& tx) {
    std::vector<SyncRunRow> unfinished;
    const auto found = exec(tx, "SELECT sync_run_key, organisation_key, started_at FROM sync_run"
                                " WHERE outcome = 'running' ORDER BY sync_run_key");
    for (const auto& row : found) {
        unfinished.push_back({.sync_run_key = integer_in(row[0]),
                              .organisation_key = integer_in(row[1]),
                              .started_at = moment_in(row[2])});
    }
    return unfinished;
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
        result.organisation = organisation_named(tx, organisation);
        if (result.organisation) read_tables_of(tx, result.organisation->organisation_key, result);
        result.unfinished_syncs = unfinished_syncs(tx);
        read_last_keys(tx, result);
        return result;
    });
}

} // namespace tidemark::postgres
