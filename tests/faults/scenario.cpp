#include "faults/scenario.hpp"

#include "cli/sync_summary.hpp"
#include "error.hpp"
#include "source/api_source.hpp"
#include "support/catch.hpp"
#include "support/neutral_rows.hpp"
#include "support/postgres_server.hpp"
#include "warehouse/migration.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <map>

namespace tidemark::faults {
namespace {

using std::chrono::milliseconds;

const std::string key = "a-secret-key";

/// Waits that tests can afford, however long a server asks for.
constexpr RetryPolicy quick{milliseconds{1}, milliseconds{4}, milliseconds{5}};

/// The outcome and the lines that the program would end with.
Ended result_of(const std::function<SyncReport()>& sync) {
    try {
        const SyncReport report = sync();
        return {static_cast<int>(exit_code_of(report.outcome)), summary_of(report, 0)};
    } catch (const ConfigError& error) {
        return {static_cast<int>(ExitCode::usage), {error.what()}};
    } catch (const LeaseHeld& error) {
        return {static_cast<int>(ExitCode::held), {error.what()}};
    } catch (const Error& error) {
        return {static_cast<int>(ExitCode::failed), {error.what()}};
    }
}

bool is_readable(const std::string& line) {
    return std::none_of(line.begin(), line.end(),
                        [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

/// How many executions are stored of each job, by its key; keys are handed out as jobs are listed.
using Counts = std::map<std::string, int>;
const std::string disturbed_job = "2";
const std::string other_job = "1";

Counts executions_of(test::SyncWorld& world) {
    Counts counts;
    const auto warehouse = open_warehouse(world.config.warehouse, OpenMode::create);
    if (warehouse->schema().kind != SchemaKind::ours) return counts;
    for (const Row& row : read_rows(*warehouse, "execution"))
        ++counts[row.text("job_key")];
    return counts;
}

Counts executions_of_undisturbed() {
    static Counts counts;
    if (counts.empty()) {
        Scenario scenario("sqlite");
        CHECK(scenario.sync_from(organisation().url()).exit_code == 0);
        counts = executions_of(scenario.world);
    }
    return counts;
}

std::vector<std::string> beginnings(std::vector<std::string> rows) {
    for (std::string& row : rows)
        row.resize(std::min<std::size_t>(row.size(), 300));
    return rows;
}

/// A database of its own in this process's server whose tables are there already: a copy of one is
/// had much sooner than its tables are made.
std::string database_with_tables() {
    static int databases = 0;
    const std::string with_tables = fmt::format("trial_template_{}", getpid());
    if (databases == 0) {
        test::run_sql_alone("CREATE DATABASE " + with_tables);
        const WarehouseConfig config{.url = test::postgres_server().url(with_tables)};
        migrate(*open_warehouse(config, OpenMode::create), test::world_clock());
    }
    const std::string name = fmt::format("trial_{}_{}", getpid(), ++databases);
    test::run_sql_alone("CREATE DATABASE " + name + " TEMPLATE " + with_tables);
    return test::postgres_server().url(name);
}

} // namespace

const test::Simulator& organisation() {
    static const test::Simulator simulator({"--seed", "5", "--jobs", "3", "--logs", "6", "--start",
                                            "2026-10-09", "--now", "2026-10-20T03:02:00"});
    return simulator;
}

Scenario::Scenario(std::string_view backend) : m_backend(backend) {
    if (backend == "postgres") world.config.warehouse.url = database_with_tables();
    test::set_world_clock("2026-10-20 06:00:00");
    source.retries = 1;
    organisation().send("fault?kind=none");
}

Scenario::~Scenario() {
    const std::string& url = world.config.warehouse.url;
    if (m_backend != "postgres") return;
    try {
        test::run_sql_alone("DROP DATABASE " + url.substr(url.rfind('/') + 1) + " WITH (FORCE)");
    } catch (const std::exception&) {
        // the server is gone, and the database with it
    }
}

Ended Scenario::disturbed(const std::vector<std::string>& faults) {
    for (const std::string& fault : faults)
        organisation().send("fault?" + fault);
    Ended ended = sync_from(organisation().url());
    organisation().send("fault?kind=none");
    return ended;
}

Ended Scenario::sync_from(const std::string& url) {
    source.base_url = url;
    return result_of([&] {
        const auto api = open_api_source(source, key, quick);
        return world.sync_from(*api);
    });
}

void Scenario::repair() {
    source = SourceConfig{};
    const Ended ended = sync_from(organisation().url());
    CAPTURE(ended.lines);
    CHECK(ended.exit_code == 0);
    CHECK(world.rows("rejected_records").empty());
    static std::map<std::string, std::vector<std::string>> undisturbed;
    if (!undisturbed.contains(m_backend)) {
        Scenario scenario(m_backend);
        CHECK(scenario.sync_from(organisation().url()).exit_code == 0);
        undisturbed[m_backend] = scenario.rows();
    }
    const auto differing = test::difference(undisturbed.at(m_backend), rows());
    CAPTURE(beginnings(differing.lost), beginnings(differing.doubled));
    CHECK(differing.none());
}

void Scenario::check_loaded(Loaded loaded) {
    const Counts whole = executions_of_undisturbed();
    Counts found = executions_of(world);
    const auto of_disturbed = found[disturbed_job];
    found.erase(disturbed_job);
    const bool others = std::all_of(whole.begin(), whole.end(), [&](const auto& job) {
        return job.first == disturbed_job || found[job.first] == job.second;
    });
    const auto all = whole.at(disturbed_job);
    CAPTURE(of_disturbed, all);
    switch (loaded) {
    case Loaded::nothing: CHECK((of_disturbed == 0 && found[other_job] == 0)); break;
    case Loaded::other_jobs: CHECK((others && of_disturbed == 0)); break;
    case Loaded::part: CHECK((others && of_disturbed > 0 && of_disturbed < all)); break;
    case Loaded::all_but_one: CHECK((others && of_disturbed == all - 1)); break;
    case Loaded::everything: CHECK((others && of_disturbed == all)); break;
    }
}

std::vector<std::string> Scenario::rows() {
    const auto warehouse = open_warehouse(world.config.warehouse, OpenMode::read_only);
    if (warehouse->schema().kind != SchemaKind::ours) return {};
    return test::neutral_rows(*warehouse, false);
}

void check_ended(const Ended& ended, int exit_code, const std::string& words) {
    CAPTURE(ended.lines);
    CHECK(ended.exit_code == exit_code);
    const auto line = std::find_if(ended.lines.begin(), ended.lines.end(), [&](const auto& text) {
        return text.find(words) != std::string::npos;
    });
    CHECK(line != ended.lines.end());
    for (const std::string& each : ended.lines) {
        CHECK(is_readable(each));
        CHECK(each.find(key) == std::string::npos);
    }
}

} // namespace tidemark::faults
