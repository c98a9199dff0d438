#include "simulator/organisation.hpp"
#include "simulator_tests/reading.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <set>

using namespace simulator;
using namespace simulator::test;
using std::chrono::hours;

namespace {

/// A moment at which the job's newest execution is under way.
Moment while_running(const Options& options) {
    const Organisation organisation{options.organisation, small_now()};
    const Execution newest = organisation.executions(0).back();
    return newest.created + newest.duration / 2;
}

} // namespace

TEST_CASE("the simulator's organisation is a function of seed, options and moment") {
    CHECK(logs_text(small_options(), small_now()) == logs_text(small_options(), small_now()));
    Options other = small_options();
    other.organisation.seed = 6;
    const auto first = read_logs(logs_text(small_options(), small_now()));
    const auto second = read_logs(logs_text(other, small_now()));
    CHECK(first.executions.size() == 9);
    for (const auto& id : second.ids)
        CHECK_FALSE(first.executions.contains(id));
}

TEST_CASE("the simulator's history only grows where nothing is running") {
    const auto before = read_logs(logs_text(small_options(), small_now()));
    const auto after = read_logs(logs_text(small_options(), small_now() + hours{72}));
    CHECK(after.executions.size() == before.executions.size() + 3);
    for (const auto& [id, execution] : before.executions) {
        CHECK(after.executions.at(id).members == execution.members);
        CHECK(after.executions.at(id).logs == execution.logs);
    }
}

TEST_CASE("a running execution of the simulator ends under the same ids") {
    const Moment middle = while_running(small_options());
    const auto before = read_logs(logs_text(small_options(), middle));
    const auto after = read_logs(logs_text(small_options(), middle + hours{1}));
    const std::string id = before.ids.front();
    const auto& running = before.executions.at(id);
    const auto& ended = after.executions.at(id);
    CHECK(running.members.at("state") == "0");
    CHECK(running.members.at("endtime") == "null");
    CHECK(ended.members.at("state") != "0");
    CHECK(ended.members.at("endtime") != "null");
    CHECK(running.logs.size() > 0);
    CHECK(running.logs.size() < ended.logs.size());
    CHECK(std::ranges::includes(ended.logs, running.logs));
}

TEST_CASE("the simulator's retention takes away the oldest and nothing else") {
    Options kept = small_options();
    kept.organisation.retention = hours{72};
    const auto all = read_logs(logs_text(small_options(), small_now()));
    const auto rest = read_logs(logs_text(kept, small_now()));
    CHECK(rest.ids == std::vector<std::string>(all.ids.begin(), all.ids.begin() + 3));
    for (const auto& [id, execution] : rest.executions) {
        CHECK(execution.logs == all.executions.at(id).logs);
    }
}

TEST_CASE("a fixed size means so many ended executions at the beginning") {
    Options options = small_options();
    options.organisation.start.reset();
    options.organisation.executions = 40;
    options.organisation.logs = 50;
    options.organisation.origin = small_now();
    options.organisation.interval =
        GENERATE(std::chrono::nanoseconds{hours{24}}, std::chrono::nanoseconds{hours{1}},
                 std::chrono::nanoseconds{std::chrono::minutes{1}});
    const auto read = read_logs(logs_text(options, small_now(), 1));
    CHECK(read.executions.size() == 40);
    for (const auto& [id, execution] : read.executions) {
        CHECK(execution.members.at("endtime") != "null");
        CHECK(execution.logs.size() == 50);
    }
}

TEST_CASE("the lines of the simulator's log stand in time order within their execution") {
    Options options = small_options();
    options.organisation.logs = GENERATE(1U, 2U, 5U, 26U, 3000U);
    const Organisation organisation{options.organisation, small_now()};
    for (const Execution& execution : organisation.executions(0)) {
        Moment last = execution.created;
        std::set<std::string> ids;
        for (std::size_t line = 0; line < execution.lines; ++line) {
            const Moment at = moment_of_line(execution, line);
            CHECK(at >= last);
            last = at;
            ids.insert(to_text(id_of_line(execution, line)));
        }
        CHECK(last <= execution.ended.value());
        CHECK(ids.size() == options.organisation.logs);
    }
}

TEST_CASE("all ids of the simulator are different") {
    const Organisation organisation{small_options().organisation, small_now()};
    std::set<std::string> ids;
    std::size_t count = 0;
    for (const Job& job : organisation.jobs()) {
        ids.insert(to_text(job.id));
        ++count;
        for (const Execution& execution : organisation.executions(job.number)) {
            ids.insert(to_text(execution.id));
            ++count;
            for (std::size_t line = 0; line < execution.lines; ++line, ++count) {
                ids.insert(to_text(id_of_line(execution, line)));
            }
        }
    }
    CHECK(ids.size() == count);
}
