#include "cli/queued_runs.hpp"

#include "error.hpp"
#include "platform/log.hpp"
#include "platform/path_text.hpp"
#include "platform/process.hpp"
#include "text/did_you_mean.hpp"
#include "text/terminal.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/row_values.hpp"
#include "warehouse/table_columns.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t most_candidates = 5;

std::string listed_jobs(const std::vector<Job>& jobs) {
    std::vector<std::string> names;
    for (const Job& job : jobs) {
        if (names.size() == most_candidates) break;
        names.push_back(fmt::format("'{}' ({})", job.name, to_text(job.id)));
    }
    if (jobs.size() > most_candidates)
        names.push_back(fmt::format("{} more", jobs.size() - most_candidates));
    return fmt::format("{}", fmt::join(names, ", "));
}

bool is_near(const std::string& name, const std::string& wanted) {
    return lower_case(name).find(lower_case(wanted)) != std::string::npos ||
           closest(wanted, {name}).has_value();
}

/// What has to be added to a command line for it to find this configuration.
std::string config_option(const Config& config) {
    if (config.file == "config.toml") return "";
    return " --config " + shell_word(utf8(config.file));
}

} // namespace

Job job_to_run(const JobList& jobs, const std::string& wanted) {
    const auto id = parse_guid(wanted);
    std::vector<Job> found;
    std::vector<Job> similar;
    for (const Job& job : jobs.entries) {
        if ((id && job.id == *id) || job.name == wanted) found.push_back(job);
        if (is_near(job.name, wanted)) similar.push_back(job);
    }
    if (found.size() == 1) return found.front();
    if (!found.empty()) {
        throw ConfigError(fmt::format("{} jobs have the name '{}'; give the id of one: {}",
                                      found.size(), wanted, listed_jobs(found)));
    }
    throw ConfigError(fmt::format("no job has the name or id '{}'{}; 'tidemark jobs' lists all",
                                  wanted,
                                  similar.empty() ? "" : "; near it: " + listed_jobs(similar)));
}

std::unique_ptr<Warehouse> open_for_queueing(const WarehouseConfig& config) {
    auto warehouse = open_warehouse(config, OpenMode::create);
    if (config.migrate_by_itself && !pending_migration(*warehouse).none()) {
        const auto lease = warehouse->lease(default_lease_wait);
        migrate(*warehouse, system_now());
    } else {
        require_current_schema(*warehouse);
    }
    return warehouse;
}

std::vector<QueuedRunRow> open_runs(Warehouse& warehouse, const Guid& job_id) {
    std::vector<QueuedRunRow> runs;
    each_row(warehouse, "queued_run", [&](const Row& row) {
        const auto run = row_as<QueuedRunRow>(row);
        if (run.job_id == job_id && !run.settled_at) runs.push_back(run);
    });
    std::ranges::sort(runs, {}, &QueuedRunRow::asked_at);
    return runs;
}

void close_run(const WarehouseConfig& config, const QueuedRunRow& run) {
    try {
        const auto warehouse = open_warehouse(config, OpenMode::existing);
        Batch batch;
        for (QueuedRunRow known : open_runs(*warehouse, run.job_id)) {
            if (known.trigger_id != run.trigger_id) continue;
            known.settled_at = system_now();
            batch.queued_runs.push_back(known);
        }
        if (!batch.empty()) warehouse->write(batch);
    } catch (const std::exception& error) {
        log(Level::warning, fmt::format("cannot store that the end of the run is known: {}",
                                        printable(error.what())));
    }
}

std::string resume_words(const Config& config, const Job& job, const Guid& trigger_id) {
    return fmt::format("'tidemark execute {} --follow {}{}' follows it", to_text(job.id),
                       to_text(trigger_id), config_option(config));
}

std::string how_to_find_out(const Config& config) {
    const std::string option = config_option(config);
    return fmt::format("'tidemark jobs{}' shows whether it is pending or running, and after a sync "
                       "'tidemark query queued_runs{}' whether it ran",
                       option, option);
}

} // namespace tidemark
