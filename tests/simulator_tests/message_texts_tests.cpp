#include "simulator/script.hpp"
#include "simulator_tests/reading.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <map>
#include <regex>

using namespace simulator;
using namespace simulator::test;

namespace {

/// How often each task is said to have begun and to have ended.
struct Count {
    int started = 0;
    int succeeded = 0;
    int failed = 0;
};

std::map<std::size_t, Count> count_tasks(const Execution& execution, std::size_t tasks) {
    std::map<std::size_t, Count> counts;
    for (std::size_t line = 0; line < execution.all_lines; ++line) {
        const auto [kind, task] = script_line(execution, line, tasks);
        if (kind == LineKind::started) ++counts[task].started;
        if (kind == LineKind::succeeded) ++counts[task].succeeded;
        if (kind == LineKind::failed) ++counts[task].failed;
    }
    return counts;
}

} // namespace

TEST_CASE("every task of an execution begins and ends once, and one of a failing one fails") {
    Execution execution;
    execution.hash = 12345;
    execution.fails = GENERATE(false, true);
    execution.all_lines = GENERATE(4U, 5U, 9U, 20U, 26U, 501U);
    const auto counts = count_tasks(execution, 8);
    CHECK(counts.size() == std::min<std::size_t>(8, (execution.all_lines - 2) / 2));
    int failed = 0;
    for (const auto& [task, count] : counts) {
        CHECK(count.started == 1);
        CHECK(count.succeeded + count.failed == 1);
        failed += count.failed;
    }
    CHECK(failed == (execution.fails ? 1 : 0));
}

TEST_CASE("the simulator's messages fit the rules of the samples") {
    const std::regex known("Job execution (started|ended)"
                           "|Executing transfer task '.+'"
                           "|Transfer task '.+' completed, [0-9]+ rows"
                           "|Transfer task '.+' failed with error: .*"
                           "|Table \\[dbo\\]\\.\\[Customer_[0-9]+\\] transferred in [0-9]+ ms, "
                           "batch [0-9a-f-]{36}");
    const auto read = read_logs(logs_text(small_options(), small_now()));
    for (const auto& [id, execution] : read.executions) {
        for (const auto& [line, record] : execution.logs) {
            CAPTURE(record.at("message"));
            CHECK(std::regex_match(record.at("message"), known));
        }
    }
}

TEST_CASE("other wordings of the simulator change messages and nothing else") {
    Options options = small_options();
    options.organisation.wording = GENERATE(Vocabulary::finished, Vocabulary::verbose);
    const auto plain = read_logs(logs_text(small_options(), small_now()));
    const auto other = read_logs(logs_text(options, small_now()));
    CHECK(plain.ids == other.ids);
    for (const auto& [id, execution] : plain.executions) {
        for (auto [line, record] : execution.logs) {
            Record its = other.executions.at(id).logs.at(line);
            CHECK(its.at("message") != record.at("message"));
            its["message"] = record["message"];
            CHECK(its == record);
        }
    }
}

TEST_CASE("the simulator's jobs have tasks of sources, explicit ones and Import Metadata") {
    const auto tasks = tasks_of_job(1, 0);
    CHECK(tasks.size() == 9);
    CHECK(tasks[0].name == tasks[0].source + " - Full load");
    CHECK(tasks[6].name == "Load_GL_Nightly");
    CHECK(tasks[7].name == "xfer-07");
    CHECK(tasks[8].name == "Import Metadata");
}
