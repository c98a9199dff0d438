// How much of what is logged is understood, and that a wording which changes is told once.
#include "cases/loads.hpp"
#include "report/sections.hpp"
#include "report/standing.hpp"
#include "support/catch.hpp"
#include "support/postgres_server.hpp"
#include "warehouse/backends.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

Timestamp night(int number) {
    return timestamp_from_text("2026-10-01 02:00:00.000000").value() + hours{24} * number;
}

std::string done(const std::string& task) { return "Loading of " + task + " is done"; }

/// A job that ran every night, and is synced each morning.
struct Nights : OneJob {
    explicit Nights(std::string_view backend) : OneJob({}, backend) {}

    SyncReport add(std::vector<std::string> messages) {
        const int number = static_cast<int>(m_executions.size());
        m_executions.push_back(
            execution_at(static_cast<unsigned>(number + 1), night(number), std::move(messages)));
        set(m_executions);
        set_world_clock(to_text(night(number) + hours{4}).substr(0, 19));
        return sync();
    }

    Row coverage() { return rows("attribution_coverage").at(0); }

private:
    std::vector<BodyExecution> m_executions;
};

/// What the report says needs attention.
std::string on_page(SyncWorld& world) {
    std::string text;
    for (const Statement& statement :
         verdict_of(read_report_data(*world.open(), world.config, world_clock())))
        text += statement.text + "\n";
    return text;
}

/// Whoever reads PostgreSQL has some time zone, and must see the same rows in each.
void check_zone_of_session(SyncWorld& world) {
    if (world.config.warehouse.url.starts_with("sqlite:")) return;
    for (const std::string& view : world.open()->schema().views) {
        CAPTURE(view);
        const std::string rows =
            fmt::format("SELECT v::text FROM {}.{} v", world.config.warehouse.schema, view);
        CHECK(run_sql(world.config.warehouse.url,
                      fmt::format("SET LOCAL timezone = 'UTC'; CREATE TEMP TABLE seen AS {0};"
                                  " SET LOCAL timezone = 'America/New_York';"
                                  " SELECT count(*) FROM ((TABLE seen EXCEPT ALL {0}) UNION ALL"
                                  " ({0} EXCEPT ALL TABLE seen)) differing",
                                  rows)) == "0");
    }
}

} // namespace

TEST_CASE("a wording that changes is told in the night that it changes, and only then",
          "[coverage]") {
    Nights world(GENERATE("sqlite", "postgres"));
    for (int i = 0; i < 3; ++i)
        CHECK(world.add({"Job started", loaded("CRM - a"), loaded("HR - b")})
                  .wording_changes.empty());
    const SyncReport changed = world.add({"Job started", done("CRM - a"), done("HR - b")});
    CHECK(changed.outcome == SyncOutcome::partial);
    REQUIRE(changed.wording_changes.size() == 1);
    const WordingChange& change = changed.wording_changes.front();
    CHECK(change.silent == "Transfer task <name> completed, <number> rows");
    CHECK_THAT(change.appeared, ContainsSubstring("Loading of"));
    CHECK(to_text(change.since) == to_text(night(3)));
    CHECK(world.coverage().text("wording_changed_at_utc").substr(0, 10) == "2026-10-04");
    CHECK(world.sync().wording_changes.empty());
    const SyncReport next = world.add({"Job started", done("CRM - a"), done("HR - b")});
    CHECK(next.wording_changes.empty());
    CHECK(next.outcome == SyncOutcome::succeeded);
    CHECK_FALSE(world.coverage().text("wording_changed_at_utc").empty());
    CHECK_THAT(on_page(world), ContainsSubstring("The wording of messages seems to have changed"));

    world.config.attribution.rules.push_back(
        {"done", "^Loading of (?P<task>.+) is done$", TaskOutcome::succeeded});
    world.sync({.reattribute = true});
    CHECK(world.coverage().text("wording_changed_at_utc").empty());
    CHECK(on_page(world).find("wording") == std::string::npos);
}

TEST_CASE("a wording that changes while the job still runs is told when it has ended",
          "[coverage]") {
    Nights world(GENERATE("sqlite", "postgres"));
    world.add({loaded("CRM - a")});
    world.add({loaded("CRM - a")});
    BodyExecution running = execution_at(3, night(2), {done("CRM - a")}, 0);
    running.ended.clear();
    std::vector<BodyExecution> body = {execution_at(1, night(0), {loaded("CRM - a")}),
                                       execution_at(2, night(1), {loaded("CRM - a")}), running};
    world.set(body);
    set_world_clock(to_text(night(2) + minutes{5}).substr(0, 19));
    CHECK(world.sync().wording_changes.empty());
    body.back() = execution_at(3, night(2), {done("CRM - a")});
    world.set(body);
    set_world_clock(to_text(night(3)).substr(0, 19));
    CHECK(world.sync().wording_changes.size() == 1);
}

TEST_CASE("a sync that was killed before it could tell of a wording leaves that to the next",
          "[coverage]") {
    Nights world(GENERATE("sqlite", "postgres"));
    world.add({loaded("CRM - a")});
    world.add({loaded("CRM - a")});
    CHECK(world.add({done("CRM - a")}).wording_changes.size() == 1);
    world.execute("UPDATE sync_run SET outcome = 'running', ended_at = NULL WHERE sync_run_key ="
                  " (SELECT max(sync_run_key) FROM sync_run)");
    set_world_clock("2026-10-03 07:00:00");
    CHECK(world.sync().wording_changes.size() == 1);
    CHECK(world.sync().wording_changes.empty());
}

TEST_CASE("what only fails, is left out or is new in its own right is no change of wording",
          "[coverage]") {
    Nights world(GENERATE("sqlite", "postgres"));
    world.add({loaded("CRM - a"), failed("HR - b")});
    world.add({loaded("CRM - a"), failed("HR - b")});
    // nothing fails any more, and there is a new kind of message about a task
    CHECK(world.add({loaded("CRM - a"), "Task queue has 3 entries"}).wording_changes.empty());
    // nothing is logged at all, and then it goes on
    CHECK(world.add({}).wording_changes.empty());
    CHECK(world.add({loaded("CRM - a")}).wording_changes.empty());
    // the known kind is silent, and what is new is not about a task
    CHECK(world.add({"Disk is nearly full"}).wording_changes.empty());
}

TEST_CASE("coverage counts what no rule knows", "[coverage]") {
    Nights world(GENERATE("sqlite", "postgres"));
    world.config.attribution.sources.push_back({"never run", "Old CRM"});
    world.add(
        {"Job started", loaded("CRM - a"), loaded("plain"), "Executing transfer task 'HR - b'"});
    const Row first = world.coverage();
    CHECK(first.integer("sources") == 5);       // CRM, HR, and those that the configuration names
    CHECK(first.integer("sources_fresh") == 0); // nobody said how old a load may be
    CHECK(first.integer("sources_without_limit") == 2);
    CHECK(first.integer("sources_never_loaded") == 3);
    CHECK(first.integer("sources_late") == 0);
    CHECK(first.integer("tasks_without_source") == 1);
    CHECK(first.integer("runs_without_outcome") == 1);
    CHECK(first.integer("kinds_of_message") == 3);
    CHECK(first.integer("kinds_without_rule") == 1);
    CHECK(first.integer("kinds_about_tasks_without_rule") == 0);
    CHECK(first.integer("new_kinds_without_rule") == 1);
    CHECK(coverage_line(first) ==
          "2 of 5 sources loaded, without a limit, 3 never loaded; 1 task without source; 1 "
          "task run without outcome; 1 new kind of message");

    world.add({"Job started", loaded("CRM - a"), "CRM - a was loaded", "Import has begun"});
    const Row second = world.coverage();
    CHECK(second.integer("kinds_about_tasks_without_rule") == 2);
    CHECK(second.integer("new_kinds_without_rule") == 2);
    world.sync();
    CHECK(world.coverage().integer("new_kinds_without_rule") == 0);
    CHECK(world.coverage().integer("kinds_without_rule") == 3);
}

TEST_CASE("a task whose end is told in new words is named until a rule knows them", "[coverage]") {
    Nights world(GENERATE("sqlite", "postgres"));
    const auto reasons = [&] {
        std::vector<std::string> about_ends;
        for (const Statement& reason :
             standing_of(*world.open(), world.config, world_clock()).reasons) {
            if (reason.text.starts_with("no message that a rule knows"))
                about_ends.push_back(reason.text);
        }
        return about_ends;
    };
    const auto begun = [](const std::string& task) {
        return "Executing transfer task '" + task + "'";
    };
    world.add({begun("CRM - a"), loaded("CRM - a"), begun("HR - b"), loaded("HR - b"),
               begun("never told")});
    CHECK(reasons().empty());
    // the other task still ends in the known words, so no wording falls silent
    world.add({begun("CRM - a"), loaded("CRM - a"), begun("HR - b"), done("HR - b"),
               begun("never told")});
    REQUIRE(reasons().size() == 1);
    CHECK_THAT(reasons()[0], ContainsSubstring("the last run of 1 task ended"));
    CHECK_THAT(reasons()[0], ContainsSubstring(": 'HR - b';"));
    CHECK_THAT(on_page(world), ContainsSubstring("No message that a rule knows told how"));
    const auto listed = world.rows("tasks_without_end");
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].text("transfer_task") == "HR - b");
    CHECK(listed[0].text("last_success_at_utc") == "2026-10-01 02:00:03.000000");
    check_zone_of_session(world);

    const auto rules = world.config.attribution.rules;
    world.config.attribution.rules.push_back(
        {"done", "^Loading of (?P<task>.+) is done$", TaskOutcome::succeeded});
    world.sync({.reattribute = true});
    CHECK(reasons().empty());
    world.config.attribution.rules = rules;
    world.sync({.reattribute = true});
    CHECK(reasons().size() == 1);
    world.add({begun("HR - b"), failed("HR - b")});
    CHECK(reasons().empty());
}

TEST_CASE("a task that was cut off is no task whose end is not known", "[coverage]") {
    Nights world(GENERATE("sqlite", "postgres"));
    world.add({"Executing transfer task 'CRM - a'", loaded("CRM - a")});
    BodyExecution running = execution_at(2, night(1), {"Executing transfer task 'CRM - a'"}, 0);
    running.ended.clear();
    const BodyExecution first =
        execution_at(1, night(0), {"Executing transfer task 'CRM - a'", loaded("CRM - a")});
    world.set({first, running});
    set_world_clock(to_text(night(1) + minutes{5}).substr(0, 19));
    world.sync();
    CHECK(world.rows("tasks_without_end").empty());
    world.set({first, execution_at(2, night(1), {"Executing transfer task 'CRM - a'"}, 2)});
    set_world_clock(to_text(night(2)).substr(0, 19));
    world.sync();
    CHECK(world.rows("tasks_without_end").empty());
}

TEST_CASE("the verdict names what is wrong, and nothing else", "[coverage]") {
    Loads late(GENERATE("sqlite", "postgres"), nights(3, hours{30}));
    late.config.attribution.sources.clear();
    late.config.freshness.by_default = hours{26};
    late.config.freshness.retired = {"Old CRM"};
    late.sync();
    const auto verdict = [&] { return standing_of(*late.open(), late.config, world_clock()); };
    const Standing first = verdict();
    CHECK_THAT(first.figures,
               Catch::Matchers::StartsWith("0 of 3 sources fresh, 1 late, 2 never loaded"));
    REQUIRE(first.reasons.size() == 2);
    CHECK_THAT(first.reasons[0].text, Catch::Matchers::StartsWith("late: 'CRM' (last loaded 30"));
    CHECK_THAT(first.reasons[0].text, ContainsSubstring("limit 26 h)"));
    CHECK(first.reasons[1].text == "never loaded: 'Finance', 'Warehouse scanners'");

    set_world_clock(to_text(world_clock() + hours{30}).substr(0, 19));
    const Standing old = verdict();
    REQUIRE(old.reasons.size() == 3);
    CHECK_THAT(old.reasons[0].text, ContainsSubstring("UTC) was more than a day ago"));
    late.execute("UPDATE sync_run SET outcome = 'failed', error = 'no network'");
    CHECK_THAT(verdict().reasons[0].text, ContainsSubstring("UTC) failed: no network"));
}
