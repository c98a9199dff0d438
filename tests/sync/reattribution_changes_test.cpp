#include "support/catch.hpp"
#include "sync/reattribute.hpp"

using namespace tidemark;

namespace {

TaskRunRow run(std::string task, std::optional<std::string> source,
               TaskOutcome outcome = TaskOutcome::unknown) {
    return {.run = {.task = std::move(task), .source = std::move(source), .outcome = outcome}};
}

AttributionChanges compare(std::vector<TaskRunRow> before, std::vector<TaskRunRow> after) {
    AttributionChanges changes;
    compare_runs(before, after, {.job = "Nightly"}, changes);
    return changes;
}

} // namespace

TEST_CASE("The same runs change nothing, in whatever order") {
    const auto changes = compare({run("a", {}), run("b", "X", TaskOutcome::failed)},
                                 {run("b", "X", TaskOutcome::failed), run("a", {})});
    CHECK(changes.moves.empty());
    CHECK(changes.gained.count + changes.lost.count + changes.changed.count == 0);
    CHECK(changes.runs_appeared + changes.runs_vanished == 0);
}

TEST_CASE("A run whose task is found under another source has moved") {
    const auto changes = compare({run("a", {})}, {run("a", "X")});
    CHECK(changes.moves == std::map<TaskMove, std::int64_t>{{{"a", std::nullopt, "X"}, 1}});
    CHECK(changes.runs_appeared == 0);
}

TEST_CASE("A run that stays in its source is not taken for one that moves") {
    const auto changes = compare({run("a", "X"), run("a", {})}, {run("a", "Y"), run("a", "X")});
    CHECK(changes.moves == std::map<TaskMove, std::int64_t>{{{"a", std::nullopt, "Y"}, 1}});
}

TEST_CASE("Outcomes are gained, lost and changed, also with whole runs") {
    const auto changes = compare(
        {run("a", {}), run("b", {}, TaskOutcome::failed), run("c", {}, TaskOutcome::succeeded),
         run("d", {}, TaskOutcome::succeeded), run("e", {})},
        {run("a", {}, TaskOutcome::failed), run("b", {}), run("c", {}, TaskOutcome::failed),
         run("f", "X"), run("g", "X", TaskOutcome::started)});
    CHECK(changes.gained.count == 2); // a, g
    CHECK(changes.lost.count == 2);   // b, d
    CHECK(changes.changed.count == 1);
    CHECK(changes.changed.examples[0].task == "c");
    CHECK(changes.changed.examples[0].job == "Nightly");
    CHECK(changes.changed.examples[0].before == TaskOutcome::succeeded);
    CHECK(changes.changed.examples[0].after == TaskOutcome::failed);
    CHECK(changes.runs_appeared == 2);
    CHECK(changes.runs_vanished == 2);
}

TEST_CASE("However many runs change, only the first few are kept as examples") {
    AttributionChanges changes;
    for (int i = 0; i < 100; ++i)
        compare_runs({}, std::vector{run("a", {}, TaskOutcome::failed)}, {}, changes);
    CHECK(changes.gained.count == 100);
    CHECK(changes.gained.examples.size() == 5);
}
