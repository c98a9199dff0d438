#include "simulator/organisation.hpp"
#include "simulator_tests/reading.hpp"
#include "support/catch.hpp"

using namespace simulator;
using namespace simulator::test;
using std::chrono::hours;

namespace {

Organisation at(const OrganisationOptions& options, const char* moment) {
    return {options, parse_moment(moment)};
}

} // namespace

TEST_CASE("a job of the simulator is renamed from a moment on and keeps its id") {
    OrganisationOptions options = small_options().organisation;
    options.renames = {{1, parse_moment("2026-10-05")}};
    const Job before = at(options, "2026-10-04T23:59:59").jobs().at(1);
    const Job after = at(options, "2026-10-05").jobs().at(1);
    CHECK(before.name == "Nightly load 2");
    CHECK(after.name == "Nightly load 2 (renamed)");
    CHECK(before.id == after.id);
}

TEST_CASE("a job of the simulator disappears from a moment on") {
    OrganisationOptions options = small_options().organisation;
    options.disappearances = {{1, parse_moment("2026-10-05")}};
    CHECK(at(options, "2026-10-04").jobs().size() == 3);
    const Organisation after = at(options, "2026-10-06");
    CHECK(after.jobs().size() == 2);
    CHECK_FALSE(after.find(to_text(at(options, "2026-10-04").jobs().at(1).id)));
}

TEST_CASE("an execution of the simulator stays open for ever") {
    OrganisationOptions options = small_options().organisation;
    options.stays_open = {{0, 2, {}}};
    const Execution open = at(options, "2027-10-09").executions(0).at(2);
    CHECK_FALSE(open.ended);
    CHECK(open.state == State::running);
    CHECK(open.lines == open.all_lines / 2);
    CHECK(at(options, "2027-10-09").status(0) == Status::running);
}

TEST_CASE("an execution of the simulator vanishes while it is open") {
    OrganisationOptions options = small_options().organisation;
    options.vanishes = {{0, 8, parse_moment("2026-10-10")}};
    const auto before = at(options, "2026-10-09T20:00").executions(0);
    const auto after = at(options, "2026-10-10").executions(0);
    CHECK(before.size() == 9);
    CHECK_FALSE(before.back().ended);
    CHECK(after.size() == 8);
}

TEST_CASE("an eventful organisation of the simulator has one event of each kind") {
    OrganisationOptions options = small_options().organisation;
    options.jobs = 4;
    options.eventful = true;
    const Organisation early = at(options, "2026-10-10T12:00");
    CHECK(early.jobs().size() == 4);
    CHECK(early.jobs()[1].name == "Nightly load 2");
    const Organisation late = at(options, "2026-10-31T12:00");
    CHECK(late.jobs().size() == 3);
    CHECK(late.jobs()[1].name == "Nightly load 2 (renamed)");
    CHECK_FALSE(late.executions(0).at(20).ended);
    CHECK(late.executions(0).size() == 31);
    CHECK(late.executions(2).size() == 30);
}

TEST_CASE("a posted execution of the simulator is pending until it is picked up") {
    const OrganisationOptions options = small_options().organisation;
    const std::vector<Trigger> triggers{{Guid{1, 2}, 0, small_now()}};
    const auto moment = [&](std::chrono::seconds after) {
        return Organisation{options, small_now() + after, triggers};
    };
    CHECK(moment(std::chrono::seconds{29}).status(0) == Status::pending);
    CHECK(moment(std::chrono::seconds{29}).executions(0).size() == 9);
    CHECK(moment(std::chrono::seconds{30}).status(0) == Status::running);
    CHECK(moment(std::chrono::seconds{30}).executions(0).back().trigger == Guid{1, 2});
    CHECK(moment(hours{1}).status(0) == Status::idle);
    CHECK(moment(hours{1}).executions(0).back().ended);
}

TEST_CASE("a posted execution of the simulator can wait for ever") {
    OrganisationOptions options = small_options().organisation;
    options.pickup.reset();
    const Organisation later{options, small_now() + hours{10}, {{Guid{1, 2}, 0, small_now()}}};
    CHECK(later.status(0) == Status::pending);
    CHECK(later.executions(0).size() == 9);
}
