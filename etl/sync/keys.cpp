#include "sync/keys.hpp"

#include "attribution/fingerprint.hpp"

#include <algorithm>

namespace tidemark {
namespace {

/// A fingerprint of the stored history that this configuration is going to add to: what was made by
/// another one is mixed from now on.
std::optional<std::string> unless_mixed(const std::optional<std::string>& stored,
                                        const std::string& today) {
    return stored == today ? stored : std::nullopt;
}

OrganisationRow organisation_row(const Dimensions& stored, const Config& config) {
    OrganisationRow row = stored.organisation.value_or(
        OrganisationRow{.organisation_key = stored.last_organisation_key + 1});
    const std::string rules = fingerprint(config.attribution);
    const std::string reading = fingerprint(config.source);
    row.name = config.source.organisation;
    row.base_url = config.source.base_url;
    if (!stored.has_executions) {
        row.reporting_timezone = config.sync.reporting_timezone.name();
        row.source_timezone = config.source.timezone.name();
    }
    row.attribution_fingerprint = stored.has_executions
                                      ? unless_mixed(row.attribution_fingerprint, rules)
                                      : std::optional{rules};
    row.read_fingerprint = stored.has_executions ? unless_mixed(row.read_fingerprint, reading)
                                                 : std::optional{reading};
    if (!row.source_timezone) row.source_timezone = config.source.timezone.name();
    return row;
}

} // namespace

std::set<std::string> configured_sources(const Config& config) {
    std::set<std::string> names;
    for (const ExplicitSource& entry : config.attribution.sources)
        names.insert(entry.source);
    for (const KnownSource& known : config.attribution.known)
        names.insert(known.name);
    for (const auto& [source, age] : config.freshness.by_source)
        names.insert(source);
    names.insert(config.freshness.retired.begin(), config.freshness.retired.end());
    return names;
}

KeyAllocator::KeyAllocator(Dimensions stored, const Config& config)
    : m_freshness(config.freshness),
      m_last_job_key(stored.last_job_key),
      m_last_data_source_key(stored.last_data_source_key),
      m_last_transfer_task_key(stored.last_transfer_task_key),
      m_last_execution_key(stored.last_execution_key),
      m_last_rejected_record_key(stored.last_rejected_record_key),
      m_last_sync_run_key(stored.last_sync_run_key) {
    m_organisation = organisation_row(stored, config);
    m_reporting_timezone =
        TimeZone::find(m_organisation.reporting_timezone).value_or(config.sync.reporting_timezone);
    if (stored.organisation != std::optional{m_organisation})
        m_changes.organisations.push_back(m_organisation);

    for (JobRow& row : stored.jobs)
        m_jobs.emplace(row.job_id, std::move(row));
    for (TransferTaskRow& row : stored.transfer_tasks) {
        m_transfer_tasks.emplace(std::pair{std::move(row.name), row.data_source_key},
                                 row.transfer_task_key);
    }
    for (DataSourceRow& row : stored.data_sources) {
        const DataSourceRow updated = with_freshness(row);
        if (updated != row) {
            ++m_limits_changed;
            m_changes.data_sources.push_back(updated);
        }
        m_data_sources.emplace(row.name, updated);
    }
    for (const std::string& name : configured_sources(config))
        data_source_key(name);
}

DataSourceRow KeyAllocator::with_freshness(DataSourceRow row) const {
    const auto own = m_freshness.by_source.find(row.name);
    auto limit =
        own != m_freshness.by_source.end() ? std::optional{own->second} : m_freshness.by_default;
    row.is_retired = m_freshness.retired.contains(row.name);
    if (row.is_retired) limit.reset();
    row.max_age_hours.reset();
    if (limit) row.max_age_hours = std::chrono::duration<double, std::ratio<3600>>(*limit).count();
    return row;
}

std::optional<LocalTime> KeyAllocator::local_time(const std::optional<Timestamp>& moment) const {
    return moment ? std::optional{m_reporting_timezone.to_local(*moment)} : std::nullopt;
}

void KeyAllocator::apply(const Config& config) {
    OrganisationRow row = m_organisation;
    row.reporting_timezone = config.sync.reporting_timezone.name();
    row.attribution_fingerprint = fingerprint(config.attribution);
    m_reporting_timezone = config.sync.reporting_timezone;
    store(std::move(row));
}

void KeyAllocator::read_as(const SourceConfig& source) {
    OrganisationRow row = m_organisation;
    row.read_fingerprint = fingerprint(source);
    store(std::move(row));
}

void KeyAllocator::wording_changed_at(Timestamp moment) {
    OrganisationRow row = m_organisation;
    row.wording_changed_at = moment;
    store(std::move(row));
}

void KeyAllocator::store(OrganisationRow row) {
    if (row == m_organisation) return;
    m_organisation = std::move(row);
    m_changes.organisations.push_back(m_organisation);
}

bool KeyAllocator::set_unreadable_jobs(const RejectionTally& entries) {
    const auto digest = entries.beyond_digest();
    if (m_organisation.unreadable_jobs == digest) return false;
    m_organisation.unreadable_jobs = digest;
    m_changes.organisations.push_back(m_organisation);
    return digest.has_value();
}

void KeyAllocator::store(const JobRow& row) {
    m_jobs.insert_or_assign(row.job_id, row);
    m_changes.jobs.push_back(row);
}

bool KeyAllocator::knows_any(std::span<const Job> listed) const {
    return std::any_of(listed.begin(), listed.end(),
                       [&](const Job& job) { return m_jobs.contains(job.id); });
}

std::vector<std::string> KeyAllocator::list_jobs(const JobList& list, std::span<const Job> wanted,
                                                 Timestamp now, bool is_outdated) {
    std::set<Guid> added;
    for (const Job& job : wanted) {
        if (m_jobs.contains(job.id)) continue;
        added.insert(job.id);
        store({.job_key = ++m_last_job_key,
               .organisation_key = organisation_key(),
               .job_id = job.id,
               .name = job.name,
               .first_seen_at = now});
    }
    std::vector<std::string> missing;
    std::map<Guid, const Job*> present;
    for (const Job& job : list.entries)
        present.emplace(job.id, &job);
    const bool is_whole = list.unreadable.beyond() == 0;
    std::set<Guid> synced;
    for (const Job& job : wanted)
        synced.insert(job.id);
    for (auto& [id, stored] : m_jobs) {
        if (is_outdated && !added.contains(id)) continue;
        JobRow row = stored;
        const auto found = present.find(id);
        if (found != present.end()) {
            row.name = found->second->name;
            row.missing_since.reset();
            if (synced.contains(id)) {
                row.excluded_since.reset();
            } else if (!row.excluded_since) {
                row.excluded_since = now;
            }
        } else if (is_whole && !row.missing_since) {
            row.missing_since = now;
            missing.push_back(row.name);
        }
        if (row == stored) continue;
        stored = row;
        m_changes.jobs.push_back(row);
    }
    return missing;
}

Key KeyAllocator::data_source_key(const std::string& name) {
    const auto known = m_data_sources.find(name);
    if (known != m_data_sources.end()) return known->second.data_source_key;
    const DataSourceRow row = with_freshness({.data_source_key = ++m_last_data_source_key,
                                              .organisation_key = organisation_key(),
                                              .name = name});
    m_data_sources.emplace(name, row);
    m_changes.data_sources.push_back(row);
    return row.data_source_key;
}

Key KeyAllocator::transfer_task_key(const std::string& task,
                                    const std::optional<std::string>& source) {
    const auto source_key = source ? std::optional{data_source_key(*source)} : std::nullopt;
    const auto [known, is_new] = m_transfer_tasks.try_emplace({task, source_key}, 0);
    if (!is_new) return known->second;
    known->second = ++m_last_transfer_task_key;
    m_changes.transfer_tasks.push_back({.transfer_task_key = known->second,
                                        .organisation_key = organisation_key(),
                                        .name = task,
                                        .data_source_key = source_key});
    return known->second;
}

void KeyAllocator::move_changes_to(Batch& batch) {
    const auto move_rows = [](auto& from, auto& to) {
        to.insert(to.end(), std::make_move_iterator(from.begin()),
                  std::make_move_iterator(from.end()));
        from.clear();
    };
    move_rows(m_changes.organisations, batch.organisations);
    move_rows(m_changes.jobs, batch.jobs);
    move_rows(m_changes.data_sources, batch.data_sources);
    move_rows(m_changes.transfer_tasks, batch.transfer_tasks);
}

} // namespace tidemark
