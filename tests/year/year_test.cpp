// A year of nights, as `./dev year` plays it, and the same squeezed into a month.
#include "archive/archive_source.hpp"
#include "archive/contents.hpp"
#include "support/catch.hpp"
#include "support/neutral_rows.hpp"
#include "support/no_progress.hpp"
#include "sync/pruned_world.hpp"
#include "verify/online.hpp"
#include "warehouse/backends.hpp"
#include "year/year.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

using namespace tidemark;
using namespace tidemark::test;

namespace {

using Rows = std::vector<std::string>;

Rows sorted(Rows rows) {
    std::sort(rows.begin(), rows.end());
    return rows;
}

/// Says of a year's rows only how many differ, and the first.
std::string told(const Rows& rows) {
    return rows.empty() ? "none" : fmt::format("{}, first {}", rows.size(), rows.front());
}

void check_equal(const std::string& what, const Rows& expected, const Rows& found) {
    CAPTURE(what);
    const RowDifference rows = difference(expected, found);
    CHECK(told(rows.lost) == "none");
    CHECK(told(rows.doubled) == "none");
    CHECK_FALSE(expected.empty());
}

/// What is stored, in the words of `Truth`.
class Stored {
public:
    explicit Stored(SyncWorld& world) : m_world(world) {
        for (const Row& row : world.rows("job"))
            m_job_ids[row.text("job_key")] = row.text("job_id");
        for (const Row& row : world.rows("execution"))
            m_ids[row.text("execution_key")] = row.text("execution_id");
    }

    Rows jobs() {
        return told("job", [](const Row& row) {
            return fmt::format("{} {} {}", row.text("job_id"), row.text("name"),
                               row.text("missing_since").empty() ? "listed" : "missing");
        });
    }
    Rows executions() {
        return told("execution", [this](const Row& row) {
            return fmt::format("{} {} {} {} {} {} {} {}", row.text("execution_id"),
                               m_job_ids[row.text("job_key")], row.text("state"),
                               row.text("created_at"), row.text("created_on"), row.text("ended_at"),
                               row.text("log_count"), row.text("trigger_id"));
        });
    }
    Rows lines() {
        return told("execution_log", [](const Row& row) {
            return fmt::format("{} {} {} {} {}", row.text("log_id"), row.text("line_number"),
                               row.text("logged_at"), row.text("severity"), row.text("message"));
        });
    }
    Rows task_runs() {
        std::map<std::string, std::string> sources;
        for (const Row& row : m_world.rows("data_source"))
            sources[row.text("data_source_key")] = row.text("name");
        std::map<std::string, std::string> tasks;
        for (const Row& row : m_world.rows("transfer_task"))
            tasks[row.text("transfer_task_key")] =
                fmt::format("'{}' of '{}'", row.text("name"), sources[row.text("data_source_key")]);
        return told("task_run", [&](const Row& row) {
            return fmt::format("{} {}: {} {} {} {} {} {}", m_ids[row.text("execution_key")],
                               tasks[row.text("transfer_task_key")], row.text("outcome"),
                               row.text("started_at"), row.text("ended_at"),
                               row.text("last_succeeded_at"), row.text("row_count"),
                               row.text("error_message"));
        });
    }
    Rows watermarks() {
        return told("watermark", [this](const Row& row) {
            return fmt::format("{} {} {}", m_job_ids[row.text("job_key")],
                               row.text("loaded_through"), row.text("open_executions"));
        });
    }
    Rows successes() {
        return told("last_successful_load", [](const Row& row) {
            return row.text("data_source") + " " + row.text("last_success_at_utc");
        });
    }
    Rows given_up() {
        Rows rows;
        for (const Row& row : m_world.rows("execution")) {
            const bool lost = !row.text("lost_since").empty();
            const bool abandoned = !row.text("abandoned_since").empty();
            if (lost || abandoned)
                rows.push_back(fmt::format("{} {} {}", row.text("execution_id"), lost ? "lost" : "",
                                           abandoned ? "abandoned" : ""));
        }
        return sorted(std::move(rows));
    }

private:
    template <typename Words> Rows told(const std::string& table, Words words) {
        Rows rows;
        for (const Row& row : m_world.rows(table))
            rows.push_back(words(row));
        return sorted(std::move(rows));
    }

    SyncWorld& m_world;
    std::map<std::string, std::string> m_job_ids;
    std::map<std::string, std::string> m_ids;
};

/// What every warehouse of this year's bodies has to hold, however it was made.
void check_history(const Year& year, SyncWorld& world, Reading reading) {
    Stored stored(world);
    check_equal("executions", year.truth.executions(reading), stored.executions());
    check_equal("lines", year.truth.lines(reading), stored.lines());
    check_equal("task runs", year.truth.task_runs(reading, year.knows_failures()),
                stored.task_runs());
    check_equal("successes", year.truth.successes(reading), stored.successes());
    CHECK(world.damage() == Rows{});
}

/// What the nights' own warehouse has to hold.
void check_nights(Year& year) {
    CAPTURE(year.next());
    check_history(year, year, Reading::as_read);
    Stored stored(year);
    check_equal("jobs", year.truth.jobs(), stored.jobs());
    check_equal("watermarks", year.truth.watermarks(), stored.watermarks());
    CHECK(stored.given_up() == year.truth.given_up());
    for (const FileCheck& file : check_archive(year.archive()))
        CHECK(file.faults.empty());
}

/// All rows of the history; watermarks remember settings, which the archive is a part of.
Rows rows_of_history(SyncWorld& world) {
    Rows rows = neutral_rows(*world.open());
    std::erase_if(rows, [](const std::string& row) {
        return row.starts_with("watermark ") || row.starts_with("organisation ");
    });
    return rows;
}

void check_that_an_equal_one_is_built(Year& year, const std::string& backend) {
    SyncWorld rebuilt(backend);
    year.rebuild_in(rebuilt);
    check_equal("rebuilt", rows_of_history(year), rows_of_history(rebuilt));
    check_equal("watermarks", year.truth.watermarks(), Stored(rebuilt).watermarks());
}

/// With the corrected zone, moments are right that the API could not tell again.
void check_that_a_right_one_is_built(Year& year, const std::string& backend) {
    CHECK(year.truth.executions(Reading::as_read) != year.truth.executions(Reading::right));
    SyncWorld rebuilt(backend);
    year.rebuild_in(rebuilt);
    check_history(year, rebuilt, Reading::right);
    check_equal("jobs", year.truth.jobs(), Stored(rebuilt).jobs());
}

/// That a record was broken for a night, and that members were added, left nothing else behind.
void check_what_the_api_did(Year& year) {
    const auto rejected = year.rows("rejected_record");
    REQUIRE(rejected.size() == 1);
    CHECK_FALSE(rejected.front().text("resolved_at").empty());
    const auto executions = year.rows("execution");
    const auto with_extra = std::count_if(executions.begin(), executions.end(), [](const Row& row) {
        return row.text("extra").find("ueueName") != std::string::npos;
    });
    CHECK(with_extra > 0);
    CHECK(with_extra < std::ssize(executions));
}

void check_that_a_sync_finds_nothing(SyncWorld& world, Source& source, bool full) {
    const SyncReport report = world.sync_from(source, {.full = full});
    CHECK(report.outcome == SyncOutcome::succeeded);
    CHECK(report.counts.executions_new == 0);
    CHECK(report.counts.executions_changed == 0);
    CHECK(report.counts.logs == 0);
    CHECK(report.counts.rejected == 0);
}

/// What is young is all there, and all that is there is what it was.
void check_what_is_left(Year& year, Timestamp limit) {
    const auto in = [](const Rows& all, const Rows& some) {
        return difference(all, some).doubled; // of `some`, what is not in `all`
    };
    Stored stored(year);
    CHECK(told(in(year.truth.executions(Reading::as_read), stored.executions())) == "none");
    CHECK(told(in(year.truth.lines(Reading::as_read), stored.lines())) == "none");
    CHECK(told(in(year.truth.task_runs(Reading::as_read, true), stored.task_runs())) == "none");
    std::set<std::string> ids;
    for (const Row& row : year.rows("execution"))
        ids.insert(row.text("execution_id"));
    std::int64_t old_ones = 0;
    for (const auto& [id, created] : year.truth.created(Reading::as_read)) {
        if (created < limit) {
            old_ones += ids.contains(id) ? 1 : 0;
        } else {
            CAPTURE(id);
            CHECK(ids.contains(id));
        }
    }
    CHECK(old_ones < std::ssize(ids) / 5); // those that hold something newest
}

void check_pruning(Year& year) {
    // which this machine's clock tells
    const std::vector<std::string> ages{"age_hours", "status"};
    const Sums before = by_day(year);
    const auto loads = year.dump("last_successful_load", ages);
    const auto sources = year.dump("source_status", ages);
    const PruneOptions options{.older_than = year.keep()};
    const auto limit = plan_prune(year.config, *year.open(), options, world_clock()).limit;
    CHECK(prune_now(year, options).executions > 0);
    CHECK(by_day(year) == before);
    CHECK(year.dump("last_successful_load", ages) == loads);
    CHECK(year.dump("source_status", ages) == sources);
    CHECK(year.damage() == Rows{});
    check_what_is_left(year, limit);
    const auto api = year.api();
    check_that_a_sync_finds_nothing(year, *api, false);
    check_that_a_sync_finds_nothing(year, *api, true);
    CHECK(by_day(year) == before);
    NoProgress progress;
    const auto compared =
        verify_online(year.config, *api, *year.open(), {}, world_clock(), progress);
    CHECK(compared.size() > 1);
    CHECK(std::all_of(compared.begin(), compared.end(), agrees));
}

/// The archive has all that was pruned. It brings none of it back, and corrects the rest.
void check_correcting_what_is_left(Year& year) {
    const auto executions = year.rows("execution").size();
    year.config.archive = {};
    const SyncReport report = year.sync_from(
        *open_archive_source(year.config.warehouse.base / "archive"), {.full = true});
    CHECK(report.counts.executions_new == 0);
    CHECK(report.counts.executions_changed > 0);
    CHECK(year.rows("execution").size() == executions);
    const auto right = year.truth.executions(Reading::right);
    CHECK(told(difference(right, Stored(year).executions()).doubled) == "none");
    CHECK(year.damage() == Rows{});
}

void live_through(const YearPlan& plan, const std::string& backend) {
    CAPTURE(backend);
    Year year(plan, backend);
    const std::set<int> looked_at{
        year.at(Year::clock_is_ahead) - 1,    year.at(Year::rule_is_added) - 1,
        year.at(Year::rule_is_added),         year.at(Year::record_is_broken),
        year.at(Year::zone_is_corrected) - 1, year.at(Year::zone_is_corrected)};
    while (year.next() < year.nights()) {
        year.night();
        if (looked_at.contains(year.next() - 1)) check_nights(year);
        if (year.next() == year.at(Year::rule_is_added))
            check_that_an_equal_one_is_built(year, backend);
    }
    year.morning();
    check_nights(year);
    check_what_the_api_did(year);
    check_that_a_right_one_is_built(year, backend);
    check_pruning(year);
    check_correcting_what_is_left(year);
}

} // namespace

TEST_CASE("a year of nights, squeezed into a month, ends in what the simulator says", "[year]") {
    live_through({.nights = 30,
                  .jobs = 4,
                  .lines = 12,
                  .retention = 8,
                  .outage = 2,
                  .keep = 15,
                  .lookback = 2,
                  .abandoned_after = 4},
                 GENERATE(from_range(backends())));
}

// `./dev year`
TEST_CASE("a year of nights ends in what the simulator says", "[.][whole_year]") {
    live_through({.nights = 365,
                  .jobs = 12,
                  .lines = 26,
                  .retention = 90,
                  .outage = 5,
                  .keep = 180,
                  .lookback = 7,
                  .abandoned_after = 30},
                 GENERATE(from_range(backends())));
}
