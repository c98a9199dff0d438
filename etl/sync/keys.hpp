#pragma once

#include "config/config.hpp"
#include "warehouse/warehouse.hpp"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tidemark {

/// The data sources that a configuration names, whether or not anything was ever loaded from them.
std::set<std::string> configured_sources(const Config& config);

/// The small tables of one organisation, kept in memory while a sync holds the lease. Finds the key
/// of a row, allocates the next one for a new row, and collects the rows to be written.
class KeyAllocator {
public:
    KeyAllocator(Dimensions stored, const Config& config);

    [[nodiscard]] Key organisation_key() const { return m_organisation.organisation_key; }

    /// Takes over what the API lists: new names, jobs that came back, jobs that are missing from
    /// it or excluded (not `wanted`), and those new jobs that are `wanted`. Returns the names of
    /// those newly missing: none of a list that has entries that could not be read, which may be
    /// theirs.
    std::vector<std::string> list_jobs(const JobList& list, std::span<const Job> wanted,
                                       Timestamp now);

    /// Whether any job is stored, and whether one of them is in `listed`.
    [[nodiscard]] bool has_jobs() const { return !m_jobs.empty(); }
    [[nodiscard]] bool knows_any(std::span<const Job> listed) const;

    /// Remembers which entries of the list could not be read. Returns whether that is news.
    bool set_unreadable_jobs(const RejectionTally& entries);

    /// Of a job that was listed.
    [[nodiscard]] Key job_key(const Guid& job_id) const { return m_jobs.at(job_id).job_key; }

    /// The key of a task within its data source; both are new rows when they were never seen.
    Key transfer_task_key(const std::string& task, const std::optional<std::string>& source);

    Key next_execution_key() { return ++m_last_execution_key; }
    Key next_rejected_record_key() { return ++m_last_rejected_record_key; }
    Key next_sync_run_key() { return ++m_last_sync_run_key; }

    /// Whose days `created_on` follows: that of the history, until today's is applied to it.
    [[nodiscard]] const TimeZone& reporting_timezone() const { return m_reporting_timezone; }

    /// In which stored executions were read that name no zone.
    [[nodiscard]] const std::string& source_timezone() const {
        return *m_organisation.source_timezone;
    }

    /// How many data sources another freshness limit holds for than is stored.
    [[nodiscard]] std::int64_t limits_changed() const { return m_limits_changed; }

    /// All days and task runs follow the configuration from now on.
    void apply(const Config& config);

    /// All executions are read, or told again, by the configuration's state codes and zone.
    void read_as(const SourceConfig& source);

    /// Remembers that this sync told that the wording changed.
    void wording_changed_at(Timestamp moment);

    /// Moves the rows that are new or changed since the last call into a batch.
    void move_changes_to(Batch& batch);

private:
    Key data_source_key(const std::string& name);
    DataSourceRow with_freshness(DataSourceRow row) const;
    void store(const JobRow& row);
    void store(OrganisationRow row);

    FreshnessConfig m_freshness;
    OrganisationRow m_organisation;
    TimeZone m_reporting_timezone;
    std::int64_t m_limits_changed = 0;
    std::map<Guid, JobRow> m_jobs;
    std::map<std::string, DataSourceRow> m_data_sources;
    std::map<std::pair<std::string, std::optional<Key>>, Key> m_transfer_tasks;
    Key m_last_job_key;
    Key m_last_data_source_key;
    Key m_last_transfer_task_key;
    Key m_last_execution_key;
    Key m_last_rejected_record_key;
    Key m_last_sync_run_key;
    Batch m_changes;
};

} // namespace tidemark
