#include "warehouse/sqlite/reader.hpp"

#include <fmt/format.h>

namespace tidemark::sqlite {
namespace {

std::optional<OrganisationRow> organisation_named(Connection& connection, std::string_view name) {
    std::optional<OrganisationRow> found;
    Statement(connection, "SELECT organisation_key, name, base_url, reporting_timezone,"
                          " attribution_fingerprint, unreadable_jobs, source_timezone,"
                          " read_fingerprint FROM organisation WHERE name = ?")
        .each(
            [&](const Row& row) {
                found = OrganisationRow{.organisation_key = row.integer(0),
                                        .name = row.string(1),
                                        .base_url = row.string(2),
                                        .reporting_timezone = row.string(3),
                                        .attribution_fingerprint = row.nullable(&Row::string, 4),
                                        .unreadable_jobs = row.nullable(&Row::string, 5),
                                        .source_timezone = row.nullable(&Row::string, 6),
                                        .read_fingerprint = row.nullable(&Row::string, 7)};
            },
            name);
    return found;
}

std::vector<JobRow> jobs_of(Connection& connection, Key organisation_key) {
    std::vector<JobRow> jobs;
    Statement(connection,
              "SELECT job_key, organisation_key, job_id, name, first_seen_at,"
              " missing_since, excluded_since FROM job WHERE organisation_key = ? ORDER BY job_key")
        .each(
            [&](const Row& row) {
                jobs.push_back({.job_key = row.integer(0),
                                .organisation_key = row.integer(1),
                                .job_id = row.guid(2),
                                .name = row.string(3),
                                .first_seen_at = row.moment(4),
                                .missing_since = row.nullable(&Row::moment, 5),
                                .excluded_since = row.nullable(&Row::moment, 6)});
            },
            organisation_key);
    return jobs;
}

std::vector<DataSourceRow> data_sources_of(Connection& connection, Key organisation_key) {
    std::vector<DataSourceRow> sources;
    Statement(connection,
              "SELECT data_source_key, organisation_key, name, max_age_hours, is_retired"
              " FROM data_source WHERE organisation_key = ? ORDER BY data_source_key")
        .each(
            [&](const Row& row) {
                sources.push_back({.data_source_key = row.integer(0),
                                   .organisation_key = row.integer(1),
                                   .name = row.string(2),
                                   .max_age_hours = row.nullable(&Row::real, 3),
                                   .is_retired = row.integer(4) != 0});
            },
            organisation_key);
    return sources;
}

std::vector<TransferTaskRow> transfer_tasks_of(Connection& connection, Key organisation_key) {
    std::vector<TransferTaskRow> tasks;
    Statement(connection,
              "SELECT transfer_task_key, organisation_key, name, data_source_key"
              " FROM transfer_task WHERE organisation_key = ? ORDER BY transfer_task_key")
        .each(
            [&](const Row& row) {
                tasks.push_back({.transfer_task_key = row.integer(0),
                                 .organisation_key = row.integer(1),
                                 .name = row.string(2),
                                 .data_source_key = row.nullable(&Row::integer, 3)});
            },
            organisation_key);
    return tasks;
}

bool has_executions(Connection& connection, Key organisation_key) {
    bool found = false;
    Statement(connection, "SELECT EXISTS (SELECT 1 FROM job JOIN execution USING (job_key)"
                          " WHERE organisation_key = ?)")
        .each([&](const Row& row) { found = row.flag(0); }, organisation_key);
    return found;
}

/// The rows that a killed sync left open, of whichever organisation.
std::vector<SyncRunRow> unfinished_syncs(Connection& connection) {
    std::vector<SyncRunRow> unfinished;
    Statement(connection, "SELECT sync_run_key, organisation_key, started_at FROM sync_run"
                          " WHERE outcome = 'running' ORDER BY sync_run_key")
        .each([&](const Row& row) {
            unfinished.push_back({.sync_run_key = row.integer(0),
                                  .organisation_key = row.integer(1),
                                  .started_at = row.moment(2)});
        });
    return unfinished;
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
    result.organisation = organisation_named(connection, organisation);
    if (result.organisation) {
        const Key key = result.organisation->organisation_key;
        result.has_executions = has_executions(connection, key);
        result.jobs = jobs_of(connection, key);
        result.data_sources = data_sources_of(connection, key);
        result.transfer_tasks = transfer_tasks_of(connection, key);
    }
    result.unfinished_syncs = unfinished_syncs(connection);
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
