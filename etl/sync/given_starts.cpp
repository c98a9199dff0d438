#include "sync/given_starts.hpp"

#include "text/did_you_mean.hpp"
#include "warehouse/row_values.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace tidemark {
namespace {

constexpr std::chrono::days kept_days{15};

std::vector<GivenStartRow> stored_starts(Warehouse& warehouse, const std::set<Key>& jobs) {
    std::vector<GivenStartRow> starts;
    each_row(warehouse, "given_start", [&](const Row& row) {
        auto start = row_as<GivenStartRow>(row);
        if (jobs.contains(start.job_key)) starts.push_back(start);
    });
    std::ranges::sort(starts);
    return starts;
}

std::vector<GivenStartRow> starts_of(const JobRow& job, const Config& config, Timestamp now) {
    std::vector<GivenStartRow> rows;
    for (const auto& [pattern, given] : config.schedule.by_job) {
        if (!matches_job(pattern, {.id = job.job_id, .name = job.name})) continue;
        for (const GivenStart& start : given) {
            for (const Timestamp moment :
                 starts_between(start, config.sync.reporting_timezone, now - kept_days, now))
                rows.push_back({.job_key = job.job_key, .expected_at = moment});
        }
    }
    return rows;
}

/// Each once, by job and time.
std::vector<GivenStartRow> wanted_starts(const Config& config, const std::vector<JobRow>& jobs,
                                         Timestamp now) {
    std::set<GivenStartRow> starts;
    for (const JobRow& job : jobs) {
        const auto rows = starts_of(job, config, now);
        starts.insert(rows.begin(), rows.end());
    }
    return {starts.begin(), starts.end()};
}

} // namespace

std::vector<Timestamp> starts_between(const GivenStart& start, const TimeZone& zone, Timestamp from,
                                      Timestamp until) {
    std::vector<Timestamp> moments;
    for (Date day = zone.day_of(from); day <= zone.day_of(until); day += std::chrono::days{1}) {
        const auto weekday = std::chrono::weekday{day}.iso_encoding() - 1;
        if (!start.weekdays.test(weekday)) continue;
        const LocalTime shown{Timestamp{day}.time_since_epoch() + start.time};
        const Timestamp moment = zone.to_utc(shown);
        if (moment >= from && moment <= until) moments.push_back(moment);
    }
    return moments;
}

void keep_given_starts(const Config& config, Warehouse& warehouse, Timestamp now) {
    const Dimensions stored = warehouse.dimensions(config.source.organisation);
    if (!stored.organisation) return;
    std::set<Key> keys;
    for (const JobRow& job : stored.jobs)
        keys.insert(job.job_key);
    Batch batch;
    batch.given_starts = wanted_starts(config, stored.jobs, now);
    if (batch.given_starts == stored_starts(warehouse, keys)) return;
    batch.starts_given_anew = stored.organisation->organisation_key;
    warehouse.write(batch);
}

std::vector<std::string> idle_starts(std::span<const Job> jobs, const ScheduleConfig& schedule) {
    std::vector<std::string> names;
    for (const Job& job : jobs)
        names.push_back(job.name);
    std::vector<std::string> lines;
    for (const auto& [pattern, starts] : schedule.by_job) {
        const auto fits = [&name = pattern](const Job& job) { return matches_job(name, job); };
        if (std::ranges::any_of(jobs, fits)) continue;
        lines.push_back(fmt::format("'{}' in 'schedule' fits none of the jobs{}; 'tidemark jobs' "
                                    "lists what there is",
                                    pattern, did_you_mean(pattern, names)));
    }
    return lines;
}

} // namespace tidemark
