#include "cli/queued_runs.hpp"
#include "error.hpp"
#include "support/at_terminal.hpp"
#include "support/catch.hpp"
#include "support/fake_source.hpp"
#include "support/files.hpp"
#include "support/simulator.hpp"
#include "support/wait_until.hpp"
#include "support/workspace.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <csignal>
#include <map>
#include <regex>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// A simulated organisation whose clock stands until it is moved, and a workspace that may queue
/// runs.
class Queueing {
public:
    explicit Queueing(const std::vector<std::string>& more = {"--fail-percent", "0"},
                      std::string_view backend = "sqlite")
        : m_simulator(arguments(more)), workspace(Workspace::on(backend, m_simulator.url())) {
        set_allowed("true");
    }

    /// `true` or `false`
    void set_allowed(const std::string& value) const {
        const auto text = read_file(workspace / "config.toml");
        write_file(workspace / "config.toml",
                   std::regex_replace(text, std::regex("allow_execute = \\w+"),
                                      "allow_execute = " + value));
    }

    [[nodiscard]] std::uint64_t count(const std::string& what) const {
        return nlohmann::json::parse(m_simulator.stats()).at(what).get<std::uint64_t>();
    }

    void send(const std::string& what) const { m_simulator.send(what); }

    /// Waits until the program has read the log once more, and knows what there is now.
    void wait_for_poll() const {
        const auto before = count("requests");
        wait_until([&] { return count("requests") >= before + 2; });
    }

    /// The run is pending, then runs, then has ended.
    void complete_run() const {
        wait_until([&] { return count("posts") >= 1; });
        wait_for_poll();
        advance_to_end();
    }

    void advance_to_end() const {
        m_simulator.send("clock?advance=31"); // picked up after 30 s
        wait_for_poll();
        m_simulator.send("clock?advance=600"); // it takes at most 6 minutes
    }

    /// What `query` prints of a table or view; null is "".
    [[nodiscard]] std::vector<std::map<std::string, std::string>>
    rows(const std::string& view) const {
        std::vector<std::map<std::string, std::string>> found;
        const Ran ran = workspace.run({"query", view, "--format", "json"});
        for (const auto& row : nlohmann::json::parse(ran.out)) {
            auto& values = found.emplace_back();
            for (const auto& [column, value] : row.items())
                values[column] = value.is_string() ? value.get<std::string>() : "";
        }
        return found;
    }

    /// The trigger of the only run that was asked for.
    [[nodiscard]] std::string trigger() const {
        return rows("queued_run").front().at("trigger_id");
    }

private:
    static std::vector<std::string> arguments(const std::vector<std::string>& more) {
        std::vector<std::string> all = {"--jobs", "2", "--executions", "5"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

    Simulator m_simulator;

public:
    Workspace workspace;
};

const std::string the_job = "Nightly load 2";
const std::vector<std::string> queue_it = {"execute", the_job, "--yes"};
const std::vector<std::string> wait_for_it = {"execute", the_job, "--yes", "--wait"};

} // namespace

TEST_CASE("execute --wait prints the run's log, stores it and tells how it ended", "[execute]") {
    const std::string backend = GENERATE("sqlite", "postgres");
    const bool fails = GENERATE(false, true);
    CAPTURE(backend, fails);
    const Queueing world({"--fail-percent", fails ? "100" : "0"}, backend);
    RunningTidemark running(world.workspace.path(), wait_for_it);
    world.complete_run();
    const Ran ran = running.wait();
    CAPTURE(ran.err);
    CHECK(ran.exit_code == (fails ? 1 : 0));
    CHECK_THAT(ran.err, ContainsSubstring("'Nightly load 2' is queued ('Job queued'): "));
    CHECK_THAT(ran.err, ContainsSubstring("\ntidemark: picked up after "));
    CHECK_THAT(ran.err, ContainsSubstring(fails ? " ended as failed\n" : " ended as completed\n"));
    CHECK(std::count(ran.out.begin(), ran.out.end(), '\n') == 26); // lines of an execution
    CHECK(world.count("posts") == 1);

    const auto runs = world.rows("queued_runs");
    REQUIRE(runs.size() == 1);
    CHECK(runs.front().at("job") == the_job);
    CHECK(runs.front().at("found_by") == "trigger");
    CHECK(runs.front().at("state") == (fails ? "failed" : "completed"));
    CHECK_FALSE(runs.front().at("settled_at_utc").empty());
    CHECK(runs.front().at("trigger_id") == runs.front().at("execution_trigger_id"));
    CHECK(world.workspace.run(queue_it).exit_code == 0); // nothing stays open
    CHECK(world.count("posts") == 2);
}

TEST_CASE("without --wait execute prints the trigger's id, and asks nothing more", "[execute]") {
    const Queueing world;
    const Ran ran = world.workspace.run(queue_it);
    CHECK(ran.exit_code == 0);
    CHECK(ran.out == world.trigger() + "\n");
    CHECK_THAT(ran.err, ContainsSubstring(" --follow " + world.trigger() + "' follows it\n"));
    CHECK(world.count("requests") == 2); // the list of jobs, and the POST
    CHECK(world.workspace.run(queue_it).exit_code == 0);
    CHECK(world.count("posts") == 2);
}

TEST_CASE("a run that nothing picks up ends execute with 3, and is not queued again", "[execute]") {
    const Queueing world({"--pickup-seconds", "never"});
    auto impatient = wait_for_it;
    impatient.insert(impatient.end(), {"--timeout", "1s"});
    const Ran ran = world.workspace.run(impatient);
    CHECK(ran.exit_code == 3);
    CHECK_THAT(ran.err, ContainsSubstring("nothing has picked up the run for 1"));
    CHECK_THAT(ran.err, ContainsSubstring("--follow " + world.trigger()));
    CHECK(world.rows("queued_run").front().at("settled_at").empty());

    const Ran again = world.workspace.run(impatient);
    CHECK(again.exit_code == 2);
    CHECK_THAT(again.err, ContainsSubstring("how that run ended is not known yet"));
    CHECK_THAT(again.err, ContainsSubstring("--follow " + world.trigger()));
    CHECK(world.count("posts") == 1);

    auto knowing = queue_it;
    knowing.emplace_back("--again");
    CHECK(world.workspace.run(knowing).exit_code == 0);
    CHECK(world.count("posts") == 2);
    CHECK(world.workspace.run(queue_it).exit_code == 0); // what --again passed over is settled
}

TEST_CASE("a run whose execute was killed is followed again, not queued again", "[execute]") {
    const std::string backend = GENERATE("sqlite", "postgres");
    const Queueing world({"--fail-percent", "0"}, backend);
    {
        RunningTidemark running(world.workspace.path(), wait_for_it);
        wait_until([&] { return world.count("posts") == 1; });
        world.wait_for_poll(); // so the answer is stored
        running.signal(SIGKILL);
        CHECK(running.wait().exit_code == 128 + SIGKILL);
    }
    const Ran refused = world.workspace.run(wait_for_it);
    CHECK(refused.exit_code == 2);
    CHECK_THAT(refused.err, ContainsSubstring("--follow " + world.trigger()));

    RunningTidemark resumed(world.workspace.path(),
                            {"execute", the_job, "--follow", world.trigger()});
    world.wait_for_poll();
    world.advance_to_end();
    const Ran ran = resumed.wait();
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 0);
    CHECK(world.count("posts") == 1);
    CHECK(world.workspace.run(queue_it).exit_code == 0);
}

TEST_CASE("execute that is interrupted says how to go on", "[execute]") {
    const Queueing world;
    RunningTidemark running(world.workspace.path(), wait_for_it);
    wait_until([&] { return world.count("posts") == 1; });
    world.wait_for_poll();
    running.signal(SIGINT);
    const Ran ran = running.wait();
    CHECK(ran.exit_code == 130);
    CHECK_THAT(ran.err,
               ContainsSubstring("tidemark: interrupted; the run goes on: 'tidemark execute "));
    CHECK_THAT(ran.err, ContainsSubstring("--follow " + world.trigger() + "' follows it\n"));
}

TEST_CASE("a POST whose answer is lost is never sent again by itself", "[execute]") {
    const std::string fault =
        GENERATE("kind=reset&after=0", "kind=cut&after=20", "kind=status&status=502", "kind=html");
    CAPTURE(fault);
    const Queueing world;
    world.send("fault?call=execute&count=1&" + fault);
    const Ran ran = world.workspace.run(wait_for_it);
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 1);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, ContainsSubstring("whether job 'Nightly load 2' was queued is not known"));
    CHECK_THAT(ran.err, ContainsSubstring("'tidemark query queued_runs'"));
    CHECK(world.count("posts") == 1);

    const Ran again = world.workspace.run(wait_for_it);
    CHECK(again.exit_code == 2);
    CHECK_THAT(again.err, ContainsSubstring("no answer came"));
    CHECK(world.count("posts") == 1);

    // what the message advises
    CHECK_THAT(world.workspace.run({"jobs"}).out, ContainsSubstring("pending"));
    world.send("clock?advance=600");
    CHECK(world.workspace.run({"sync"}).exit_code == 0);
    const auto runs = world.rows("queued_runs");
    REQUIRE(runs.size() == 1);
    CHECK(runs.front().at("found_by") == "time");
    CHECK(runs.front().at("state") == "completed");
}

TEST_CASE("execute that is killed before the answer leaves a trace", "[execute]") {
    const Queueing world;
    world.send("fault?call=execute&count=1&kind=stall&after=0");
    {
        RunningTidemark running(world.workspace.path(), queue_it);
        wait_until([&] { return world.count("posts") == 1; });
        running.signal(SIGKILL);
        running.wait();
    }
    const Ran again = world.workspace.run(queue_it);
    CHECK(again.exit_code == 2);
    CHECK_THAT(again.err, ContainsSubstring("no answer came"));
    CHECK(world.count("posts") == 1);
}

TEST_CASE("a run that the API refuses leaves nothing open", "[execute]") {
    const Queueing world;
    world.send("fault?call=execute&count=1&kind=status&status=409");
    const Ran ran = world.workspace.run(queue_it);
    CHECK(ran.exit_code == 1);
    CHECK_THAT(ran.err, ContainsSubstring("HTTP 409"));
    CHECK(world.count("posts") == 1);
    CHECK(world.workspace.run(queue_it).exit_code == 0);
}

TEST_CASE("execute queues nothing unless it is allowed and agreed to", "[execute]") {
    const Queueing world;
    world.set_allowed("false");
    const Ran forbidden = world.workspace.run(queue_it);
    CHECK(forbidden.exit_code == 2);
    CHECK_THAT(forbidden.err, ContainsSubstring("'source.allow_execute'"));
    CHECK(world.count("requests") == 0);

    world.set_allowed("true");
    const Ran unasked = world.workspace.run({"execute", the_job});
    CHECK(unasked.exit_code == 2);
    CHECK_THAT(unasked.err, ContainsSubstring("'--yes' queues the run unasked"));

    const Ran no =
        run_at_terminal(world.workspace.path(), {"execute", the_job}, {{"yes or no", "no"}});
    CHECK(no.exit_code == 2);
    CHECK_THAT(no.out, ContainsSubstring("nothing was queued"));
    CHECK(world.count("posts") == 0);

    const Ran yes =
        run_at_terminal(world.workspace.path(), {"execute", the_job}, {{"yes or no", "yes"}});
    CHECK(yes.exit_code == 0);
    CHECK(world.count("posts") == 1);
}

TEST_CASE("options of execute that make no sense are told", "[execute]") {
    const Queueing world;
    const auto words = [&](const std::vector<std::string>& more) {
        std::vector<std::string> all = {"execute", the_job, "--yes"};
        all.insert(all.end(), more.begin(), more.end());
        const Ran ran = world.workspace.run(all);
        CHECK(ran.exit_code == 2);
        return ran.err;
    };
    CHECK_THAT(words({"--timeout", "1m"}), ContainsSubstring("no effect without '--wait'"));
    CHECK_THAT(words({"--wait", "--timeout", "soon"}),
               ContainsSubstring("a duration such as '10m'"));
    CHECK_THAT(words({"--follow", "last"}), ContainsSubstring("cannot be given together"));
    const Ran ran = world.workspace.run({"execute", the_job, "--follow", "last"});
    CHECK_THAT(ran.err, ContainsSubstring("must be the id of a trigger, not 'last'"));
    CHECK(world.count("requests") == 0);
}

namespace {

std::string why_not(const std::string& wanted) {
    JobList list;
    list.entries = {{numbered(1), "Nightly load"},
                    {numbered(2), "Nightly load, Test"},
                    {numbered(3), "Nightly load, Test"},
                    {numbered(4), "Weekly"}};
    try {
        return "found " + to_text(job_to_run(list, wanted).id);
    } catch (const ConfigError& error) {
        return error.what();
    }
}

} // namespace

TEST_CASE("a job is run by its id or whole name alone; what is near is listed", "[execute]") {
    CHECK(why_not("Nightly load") == "found " + to_text(numbered(1)));
    CHECK(why_not(to_text(numbered(3))) == "found " + to_text(numbered(3)));
    const std::string ambiguous = why_not("Nightly load, Test");
    CHECK_THAT(ambiguous, ContainsSubstring("2 jobs have the name"));
    CHECK_THAT(ambiguous, ContainsSubstring(to_text(numbered(2))));
    CHECK_THAT(ambiguous, ContainsSubstring(to_text(numbered(3))));
    CHECK_THAT(why_not("Weakly"), ContainsSubstring("near it: 'Weekly' (" + to_text(numbered(4))));
    CHECK_THAT(why_not("nightly load"), ContainsSubstring("near it: 'Nightly load' ("));
    CHECK_THAT(why_not("Night*"),
               ContainsSubstring("no job has the name or id 'Night*'; 'tidemark jobs'"));
    CHECK_THAT(why_not(to_text(numbered(9))), ContainsSubstring("no job has the name or id"));
}
