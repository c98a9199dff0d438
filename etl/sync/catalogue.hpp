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

/// The small tables of one organisation, held in memory while a sync has the lease: finds keys,
/// hands out new ones in order, and remembers which rows are to be written.
class Catalogue {
public:
    Catalogue(Dimensions stored, const Config& config);

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
    bool tell_unreadable_jobs(const RejectionTally& entries);

    /// Of a job that was listed.
    [[nodiscard]] Key job_key(const Guid& job_id) const { return m_jobs.at(job_id).job_key; }

    /// The key of a task within its data source; both are new rows when they were never seen.
    Key transfer_task_key(const std::string& task, const std::optional<std::string>& source);

    Key next_execution_key() { return ++m_last_execution_key; }
    Key next_rejected_record_key() { return ++m_last_rejected_record_key; }
    Key next_sync_run_key() { return ++m_last_sync_run_key; }

    /// The fingerprint of the rules that the stored task runs were made by; null: not known.
    [[nodiscard]] const std::optional<std::string>& attribution_fingerprint() const {
        return m_organisation.attribution_fingerprint;
    }

    /// All stored task runs are made by the rules of this fingerprint from now on.
    void attributed_by(const std::string& fingerprint);

    /// Moves the rows that are new or changed since the last call into a batch.
    void move_changes_to(Batch& batch);

private:
    Key data_source_key(const std::string& name);
    DataSourceRow with_freshness(DataSourceRow row) const;
    void store(const JobRow& row);

    FreshnessConfig m_freshness;
    OrganisationRow m_organisation;
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
