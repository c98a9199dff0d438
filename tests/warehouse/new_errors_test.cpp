#include "support/catch.hpp"
#include "templates/counts.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/test_rows.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

struct Line {
    std::string message;
    std::int64_t severity = 0;
};

/// A history that is written execution by execution, with the shapes of its lines.
class History {
public:
    explicit History(Warehouse& warehouse) : m_warehouse(warehouse) {
        Batch batch = foundation();
        batch.sync_runs[0].started_at = moment("2026-10-20 06:00:00.000000");
        m_warehouse.write(batch);
    }

    void run(State state, const std::string& at, const std::vector<Line>& lines) {
        auto row = execution(++m_executions, at);
        row.execution.state = state;
        for (const Line& line : lines) {
            row.execution.logs.push_back(log(++m_lines, line.message, at));
            row.execution.logs.back().severity = line.severity;
        }
        std::string buffer;
        set_shape_keys(row.execution.logs, buffer);
        ShapeTally tally(1);
        for (const Log& line : row.execution.logs)
            tally.add(1, row.execution_key, line, std::nullopt);
        Batch batch = new_executions({row});
        batch.shape_lines = tally.release(m_attribution);
        m_warehouse.write(batch);
    }

    /// The new errors: message and evidence.
    std::map<std::string, std::string> errors() {
        std::map<std::string, std::string> found;
        for (const TextRow& row : rows_of(m_warehouse, "new_errors"))
            found[row.at("message")] = row.at("evidence");
        return found;
    }

private:
    Warehouse& m_warehouse;
    Attribution m_attribution{AttributionConfig{
        .rules = {{"ended", "^Task '(?P<task>.+)' ended$", TaskOutcome::succeeded},
                  {"failed", "^Task '(?P<task>.+)' failed", TaskOutcome::failed}}}};
    Key m_executions = 0;
    std::uint64_t m_lines = 0;
};

using Errors = std::map<std::string, std::string>;

const std::string two_days_ago = "2026-10-18 03:00:00.000000";
const std::string tonight = "2026-10-20 03:00:00.000000";

} // namespace

TEST_CASE("a failure that a rule knows is new when it was never logged before", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    History history(*db.warehouse);
    history.run(State::completed, two_days_ago, {{"Task 'A' failed: no space"}});
    history.run(State::completed, tonight,
                {{"Task 'B' failed: no space"}, {"Task 'B' failed: login"}, {"Task 'B' ended"}});
    CHECK(history.errors() == Errors{{"Task <name> failed: login", "rule"}});
    const auto row = row_of(*db.warehouse, "new_errors");
    CHECK(row.at("organisation") == "default");
    CHECK(row.at("job") == "Nightly load");
    CHECK(row.at("example") == "Task 'B' failed: login");
    CHECK(row.at("first_seen_at_utc") == tonight);
    CHECK(row.at("line_count") == "1");
}

TEST_CASE("what no rule knows is an error when only failed executions say it", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    History history(*db.warehouse);
    history.run(State::failed, tonight, {{"Disk is full"}, {"Loading 5"}, {"Task 'A' ended"}});
    history.run(State::completed, tonight, {{"Loading 6"}});
    CHECK(history.errors() == Errors{{"Disk is full", "failed execution"}});
}

TEST_CASE("what completed before an error was first logged does not excuse it", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    History history(*db.warehouse);
    history.run(State::failed, tonight, {{"Disk is full"}, {"Network is down"}});
    history.run(State::completed, "2026-10-20 05:00:00.000000", {{"Network is down"}});
    // the first line of a shape that comes later, as far as the shape's row knows
    db.database->execute("UPDATE message_shape SET first_seen_at = '2026-10-20 06:00:00.000000'"
                         " WHERE mask = 'Network is down'");
    CHECK(history.errors() ==
          Errors{{"Disk is full", "failed execution"}, {"Network is down", "failed execution"}});
    history.run(State::completed, "2026-10-20 07:00:00.000000", {{"Network is down"}});
    CHECK(history.errors() == Errors{{"Disk is full", "failed execution"}});
}

TEST_CASE("what no rule knows is an error when its severity is the largest", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    History history(*db.warehouse);
    history.run(State::completed, tonight,
                {{"Loading", 1},
                 {"Loading", 1},
                 {"Loading", 1},
                 {"Slow", 2},
                 {"Broken", 3},
                 {"Task 'A' ended", 3}});
    CHECK(history.errors() == Errors{{"Broken", "severity"}});
}

TEST_CASE("one severity for all says nothing", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    History history(*db.warehouse);
    history.run(State::completed, tonight, {{"Loading", 3}, {"Broken", 3}});
    CHECK(history.errors().empty());
    CHECK(rows_of(*db.warehouse, "new_shapes").size() == 2);
    CHECK(rows_of(*db.warehouse, "unmatched_messages").size() == 2);
}

TEST_CASE("what was first logged since the previous sync is new", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    History history(*db.warehouse);
    history.run(State::completed, two_days_ago, {{"Task 'A' failed: no space"}});
    history.run(State::completed, "2026-10-17 03:00:00.000000", {{"Task 'A' failed: login"}});
    history.run(State::completed, tonight, {{"Loading"}});
    CHECK(history.errors().empty());
    Batch syncs;
    syncs.sync_runs = {sync_run(1), sync_run(2)};
    syncs.sync_runs[0].started_at = moment("2026-10-17 06:00:00.000000");
    syncs.sync_runs[1].started_at = moment("2026-10-20 06:00:00.000000");
    db.warehouse->write(syncs);
    CHECK(history.errors() == Errors{{"Task <name> failed: no space", "rule"}});
}

TEST_CASE("a shape of two organisations is one row of the star", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    batch.organisations.push_back(organisation(2, "second"));
    for (const Key key : {Key{1}, Key{2}}) {
        batch.shapes.push_back({.organisation_key = key,
                                .shape_key = 7,
                                .mask = "Loading",
                                .first_seen_at = moment(key == 1 ? tonight : two_days_ago),
                                .last_seen_at = moment(tonight),
                                .line_count = 3,
                                .worst_severity = key,
                                .example = "Loading"});
    }
    batch.shapes.push_back(batch.shapes[1]);
    batch.shapes.back().shape_key = 8;
    db.warehouse->write(batch);
    const auto rows = rows_of(*db.warehouse, "dim_message_shape");
    REQUIRE(rows.size() == 3);
    for (const TextRow& row : rows) {
        if (row.at("shape_key") == "7") {
            CHECK(row.at("organisation") == "(several)");
            CHECK(row.at("line_count") == "6");
            CHECK(row.at("worst_severity") == "2");
            CHECK(row.at("first_seen_at_utc") == two_days_ago);
        } else if (row.at("shape_key") == "8") {
            CHECK(row.at("organisation") == "second");
        } else {
            CHECK(row.at("shape_key") == "-1");
        }
    }
}
