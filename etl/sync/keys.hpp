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

/// All data sources in a configuration, whether or not any of them was ever loaded.
std::set<std::string> configured_sources(const Config& config);

/// The small tables of one organisation, kept in memory while a sync holds the lease. Finds the key
/// of a row, allocates the next one for a new row, and collects the rows to be written.
class KeyAllocator {
public:
    KeyAllocator(Dimensions stored, const Config& config);

    [[nodiscard]] Key organisation_key() const { return m_organisation.organisation_key; }

    /// Applies the API's list of jobs: changed names, jobs that are back, jobs that are missing or
    /// excluded (not in `wanted`), and new jobs in `wanted`. Returns the names of the jobs that are
    /// newly missing. A list with unreadable entries makes no job missing, because such an entry
    /// can be any of them. A list from before the last sync only adds jobs: what it says of stored
    /// ones is outdated.
    std::vector<std::string> list_jobs(const JobList& list, std::span<const Job> wanted,
                                       Timestamp now, bool is_outdated);

    /// Whether any job is stored; whether any stored job is in `listed`.
    [[nodiscard]] bool has_jobs() const { return !m_jobs.empty(); }
    [[nodiscard]] bool knows_any(std::span<const Job> listed) const;

    /// Stores the unreadable entries of the list. Returns whether they differ from those of the
    /// last sync.
    bool set_unreadable_jobs(const RejectionTally& entries);

    /// The key of a job that is in the list.
    [[nodiscard]] Key job_key(const Guid& job_id) const { return m_jobs.at(job_id).job_key; }

    /// The key of a task within its data source. Creates rows for both when they are new.
    Key transfer_task_key(const std::string& task, const std::optional<std::string>& source);

    Key next_execution_key() { return ++m_last_execution_key; }
    Key next_rejected_record_key() { return ++m_last_rejected_record_key; }
    Key next_sync_run_key() { return ++m_last_sync_run_key; }

    /// The time zone of `created_on` and of local times: that of the stored history, until `apply`.
    [[nodiscard]] const TimeZone& reporting_timezone() const { return m_reporting_timezone; }

    /// The local time at a moment in that zone; null for no moment.
    [[nodiscard]] std::optional<LocalTime> local_time(const std::optional<Timestamp>& moment) const;

    /// The time zone that was used for stored executions without one.
    [[nodiscard]] const std::string& source_timezone() const {
        return *m_organisation.source_timezone;
    }

    /// The number of data sources whose freshness limit differs from the stored one.
    [[nodiscard]] std::int64_t limits_changed() const { return m_limits_changed; }

    /// From now on all days and task runs follow this configuration.
    void apply(const Config& config);

    /// Records that all executions were read with these state codes and this time zone.
    void read_as(const SourceConfig& source);

    /// Records that this sync reported a changed wording of messages.
    void wording_changed_at(Timestamp moment);

    /// Moves the rows that are new or changed since the last call to a batch.
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
