#include "verify/offline.hpp"

#include "model/time.hpp"
#include "platform/interrupt.hpp"
#include "verify/online.hpp"
#include "warehouse/sql_files.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace tidemark {
namespace {

constexpr std::size_t shown = 3;

/// When one of these checks fails, stored rows cannot be read as values.
constexpr std::array<std::string_view, 2> needed_to_read{"integrity", "value_forms"};

void add(CheckResult& result, std::string where) {
    if (++result.violations <= static_cast<std::int64_t>(shown))
        result.first.push_back(std::move(where));
}

CheckResult run(Warehouse& warehouse, const ViewFile& check) {
    CheckResult result{.name = std::string{check.name},
                       .meaning = description_of(check),
                       .repair = repair_of(check)};
    std::vector<std::string> names;
    warehouse.violations(check, {[&](const auto& columns) { names = columns; },
                                 [&](const std::vector<Value>& values) {
                                     std::string where;
                                     for (std::size_t i = 0; i < values.size(); ++i) {
                                         if (i > 0) where += ' ';
                                         where +=
                                             fmt::format("{}={}", names[i], to_text(values[i]));
                                     }
                                     add(result, std::move(where));
                                 }});
    return result;
}

/// The reporting zone of each job's organisation, by the job's key.
std::map<Key, TimeZone> zones_of(Warehouse& warehouse) {
    std::map<Key, TimeZone> by_organisation;
    each_row(warehouse, "organisation", [&](const Row& row) {
        const auto zone = TimeZone::find(row.text("reporting_timezone"));
        by_organisation[row.integer("organisation_key")] = zone.value_or(TimeZone{});
    });
    std::map<Key, TimeZone> by_job;
    each_row(warehouse, "job", [&](const Row& row) {
        by_job[row.integer("job_key")] = by_organisation[row.integer("organisation_key")];
    });
    return by_job;
}

/// What each stored execution says of itself.
std::vector<CheckResult> check_executions(Warehouse& warehouse, bool readable) {
    CheckResult content{
        .name = "content_hash",
        .meaning =
            "An execution that was stored once, with its log lines, has the content that its "
            "content_hash was made of.",
        .repair = "UPDATE execution SET content_hash = 0 WHERE execution_key = …, then tidemark "
                  "sync --full; or restore a backup",
        .done = readable};
    CheckResult days{
        .name = "created_on",
        .meaning = "created_on is the day of created_at in the organisation's reporting zone.",
        .repair = "tidemark attribute",
        .done = readable};
    CheckResult clocks{
        .name = "created_at_local",
        .meaning = "created_at_local, where it is known, is what the clocks of the organisation's "
                   "reporting zone show at created_at.",
        .repair = "tidemark attribute",
        .done = readable};
    if (readable) {
        auto zones = zones_of(warehouse);
        each_stored_execution(warehouse, [&](const ExecutionRow& row) {
            const auto where = fmt::format("execution_key={}", row.execution_key);
            if (stored_content(row) == StoredContent::damaged) add(content, where);
            const TimeZone& zone = zones[row.job_key];
            const Date day = zone.day_of(row.execution.created_at);
            if (row.created_on != day)
                add(days, fmt::format("{} created_on={}", where, to_text(row.created_on)));
            if (const auto& local = row.created_at_local;
                local && *local != zone.to_local(row.execution.created_at))
                add(clocks, fmt::format("{} created_at_local={}", where, to_text(*local)));
        });
    }
    return {std::move(content), std::move(days), std::move(clocks)};
}

} // namespace

std::vector<CheckResult> verify_offline(Warehouse& warehouse) {
    std::vector<CheckResult> results;
    bool readable = true;
    for (const ViewFile& check : check_files_of(warehouse.dialect())) {
        stop_if_interrupted();
        results.push_back(run(warehouse, check));
        const bool needed = std::find(needed_to_read.begin(), needed_to_read.end(), check.name) !=
                            needed_to_read.end();
        if (needed && results.back().violations > 0) readable = false;
    }
    for (CheckResult& result : check_executions(warehouse, readable))
        results.push_back(std::move(result));
    return results;
}

} // namespace tidemark
