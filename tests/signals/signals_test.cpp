#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/http_server.hpp"
#include "support/neutral_rows.hpp"
#include "support/postgres_server.hpp"
#include "support/simulator.hpp"
#include "support/wait_until.hpp"
#include "support/workspace.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/postgres/pqxx.ipp"
#include "warehouse/sqlite/connection.hpp"
#include "warehouse/tables.hpp"

#include <signal.h>

#include <chrono>
#include <fstream>
#include <functional>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

/// The promise is one second. Whatever these tests interrupt would go on for at least ten.
constexpr auto bound = 5s;

const std::vector<std::string> some_history = {"--jobs", "2",     "--executions",
                                               "60",     "--now", "2026-10-20T03:02:00"};

std::uint64_t stat(const Simulator& simulator, const std::string& name) {
    const std::string stats = simulator.stats();
    const auto at = stats.find("\"" + name + "\":");
    REQUIRE(at != std::string::npos);
    return std::stoull(stats.substr(at + name.size() + 3));
}

/// Whether the program runs in the process, and has a file open whose name ends like this.
bool has_open(pid_t process, const std::string& ending) {
    std::error_code gone;
    const auto program =
        std::filesystem::read_symlink("/proc/" + std::to_string(process) + "/exe", gone);
    if (program != TIDEMARK_PROGRAM) return false; // not yet: it has what the tests have open
    for (const auto& file :
         std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/fd", gone)) {
        const auto name = std::filesystem::read_symlink(file.path(), gone).string();
        if (name.ends_with(ending)) return true;
    }
    return false;
}

/// Signals it, lets it go on where the test holds it up, and checks that it ends as promised.
void interrupt(
    RunningTidemark& running, int signal, const std::function<void()>& let_go = [] {}) {
    const auto start = Clock::now();
    REQUIRE(running.signal(signal));
    let_go();
    const Ran ran = running.wait();
    CHECK(Clock::now() - start < bound);
    CHECK(ran.exit_code == 128 + (signal == SIGHUP ? SIGTERM : signal));
    CHECK_THAT(ran.err, ContainsSubstring("tidemark: interrupted; what was complete is stored"));
    CHECK(ran.out.empty());
}

/// The last sync's row of the sync log.
Row last_sync(const Workspace& workspace) {
    const auto rows = read_rows(*workspace.open(), "sync_run");
    REQUIRE_FALSE(rows.empty());
    return rows.back();
}

std::vector<std::string> rows_of(const Workspace& workspace) {
    return neutral_rows(*workspace.open());
}

/// How many sessions of Tidemark the server has of which this is true.
int sessions(const std::string& which) {
    return std::stoi(
        run_sql(postgres_server().url(),
                "SELECT count(*) FROM pg_stat_activity WHERE"
                " datname = current_database() AND application_name = 'tidemark' AND " +
                    which));
}

/// Whether the process has a handler for the signal, as the system lists it.
bool catches(pid_t process, int signal) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (!line.starts_with("SigCgt:")) continue;
        return (std::stoull(line.substr(7), nullptr, 16) >> static_cast<unsigned>(signal - 1) &
                1U) != 0;
    }
    return false;
}

/// Checks that the next sync ends in the rows of one that nobody disturbed.
void check_repaired(const Workspace& workspace, const Workspace& undisturbed) {
    CHECK(workspace.run({"sync"}).exit_code == 0);
    CHECK(undisturbed.run({"sync"}).exit_code == 0);
    CHECK(last_sync(workspace).text("outcome") == "succeeded");
    CHECK(rows_of(workspace) == rows_of(undisturbed));
}

/// The same, of a sync that was noted as interrupted.
void check_noted_and_repaired(const Workspace& workspace, const Workspace& undisturbed) {
    CHECK(last_sync(workspace).text("outcome") == "interrupted");
    CHECK_FALSE(last_sync(workspace).text("ended_at").empty());
    check_repaired(workspace, undisturbed);
}

} // namespace

TEST_CASE("a signal in the middle of a stream stores what came whole", "[signals]") {
    const auto backend = GENERATE(from_range(backends()));
    const int signal = GENERATE(SIGINT, SIGTERM);
    const Simulator simulator(some_history);
    simulator.send("fault?kind=drip&job=1&step=200&ms=5");
    const Workspace workspace = Workspace::on(backend, simulator.url());
    RunningTidemark running(workspace.path(), {"sync"});
    wait_until(
        [&] { return stat(simulator, "requests") == 3 && stat(simulator, "concurrent") == 1; });
    const auto before = stat(simulator, "bytes_sent");
    wait_until([&] { return stat(simulator, "bytes_sent") > before + 20'000; });
    interrupt(running, signal);
    const auto stored = read_rows(*workspace.open(), "execution").size();
    CHECK(stored > 60); // the job that came at once, and a part of the other
    CHECK(stored < 120);
    CHECK(read_rows(*workspace.open(), "watermark").size() == 1);
    simulator.send("fault?kind=none");
    check_noted_and_repaired(workspace, Workspace::on(backend, simulator.url()));
}

TEST_CASE("a signal during a stalled body ends the sync", "[signals]") {
    const auto backend = GENERATE(from_range(backends()));
    const Simulator simulator(some_history);
    simulator.send("fault?kind=stall&job=1&after=20000");
    const Workspace workspace = Workspace::on(backend, simulator.url());
    RunningTidemark running(workspace.path(), {"sync", "--summary", "summary.json"});
    wait_until([&] { return stat(simulator, "requests") == 3; });
    interrupt(running, SIGTERM);
    const std::string summary = read_file(workspace / "summary.json");
    CHECK_THAT(summary, ContainsSubstring("\"outcome\": \"interrupted\""));
    CHECK_THAT(summary, ContainsSubstring("\"exit_code\": 143"));
    simulator.send("fault?kind=none");
    check_noted_and_repaired(workspace, Workspace::on(backend, simulator.url()));
}

TEST_CASE("a signal during the wait for another try ends the sync", "[signals]") {
    const Simulator simulator(some_history);
    simulator.send("fault?kind=status&status=503&retry_after=60&job=1");
    const Workspace workspace = Workspace::on("sqlite", simulator.url());
    RunningTidemark running(workspace.path(), {"sync"});
    wait_until(
        [&] { return stat(simulator, "requests") == 3 && stat(simulator, "concurrent") == 0; });
    interrupt(running, SIGINT);
    simulator.send("fault?kind=none");
    check_noted_and_repaired(workspace, Workspace::on("sqlite", simulator.url()));
}

TEST_CASE("a signal while the API is being connected to ends the sync", "[signals]") {
    const SilentPort nobody;
    const Workspace workspace =
        Workspace::on("sqlite", "http://127.0.0.1:" + std::to_string(nobody.port()));
    RunningTidemark running(workspace.path(), {"sync"});
    wait_until([&] { return nobody.has_caller(); });
    interrupt(running, SIGINT);
    CHECK(last_sync(workspace).text("outcome") == "interrupted");
}

TEST_CASE("a signal while the warehouse is being connected to ends the sync", "[signals]") {
    const SilentPort nobody;
    const auto url = "postgresql://me@127.0.0.1:" + std::to_string(nobody.port()) + "/db";
    const Workspace workspace("http://127.0.0.1:1", url);
    RunningTidemark running(workspace.path(), {"sync"});
    wait_until([&] { return nobody.has_caller(); });
    interrupt(running, SIGTERM);
}

TEST_CASE("a signal while another sync holds the warehouse ends the wait", "[signals]") {
    const auto backend = GENERATE(from_range(backends()));
    const Simulator simulator(some_history);
    const Workspace workspace = Workspace::on(backend, simulator.url());
    const auto holder = workspace.open(OpenMode::create);
    const auto lease = holder->lease(0ms);
    const int sessions_before = backend == "sqlite" ? 0 : sessions("true");
    RunningTidemark running(workspace.path(), {"sync"});
    wait_until([&] {
        return backend == "sqlite" ? has_open(running.pid(), "tidemark.db-wal")
                                   : sessions("true") == sessions_before + 2;
    });
    interrupt(running, SIGINT);
    CHECK(stat(simulator, "requests") == 0);
}

TEST_CASE("a signal while another program writes to the file ends the sync", "[signals]") {
    const Simulator simulator(some_history);
    const Workspace workspace = Workspace::on("sqlite", simulator.url());
    CHECK(workspace.run({"migrate"}).exit_code == 0);
    sqlite::Connection other(workspace / "tidemark.db", sqlite::Access::existing);
    other.execute("BEGIN IMMEDIATE");
    RunningTidemark running(workspace.path(), {"sync"});
    wait_until([&] { return has_open(running.pid(), "tidemark.db-wal"); });
    interrupt(running, SIGINT);
    other.execute("COMMIT");
    CHECK(workspace.run({"sync"}).exit_code == 0);
}

TEST_CASE("a signal while rules wait to be applied changes nothing", "[signals]") {
    const Simulator simulator(some_history);
    const Workspace workspace = Workspace::on("sqlite", simulator.url());
    REQUIRE(workspace.run({"sync"}).exit_code == 0);
    const auto rows = rows_of(workspace);
    workspace.change_rules();
    sqlite::Connection other(workspace / "tidemark.db", sqlite::Access::existing);
    other.execute("BEGIN IMMEDIATE");
    RunningTidemark running(workspace.path(), {"attribute"});
    wait_until([&] { return has_open(running.pid(), "tidemark.db-wal"); });
    interrupt(running, SIGINT);
    other.execute("COMMIT");
    CHECK(difference(rows, rows_of(workspace)).none());
    CHECK(workspace.run({"attribute"}).exit_code == 0);
    CHECK_FALSE(difference(rows, rows_of(workspace)).none());
}

TEST_CASE("a signal while the history is read to apply rules changes nothing", "[signals]") {
    const Simulator simulator(some_history);
    const Workspace workspace = Workspace::on("postgres", simulator.url());
    REQUIRE(workspace.run({"sync"}).exit_code == 0);
    const auto rows = rows_of(workspace);
    workspace.change_rules();
    pqxx::connection other(postgres_server().url());
    postgres::set_up(other);
    auto lock = std::make_unique<pqxx::work>(other);
    postgres::exec(*lock, "LOCK TABLE " + workspace.warehouse.schema + ".execution_log");
    RunningTidemark running(workspace.path(), {"attribute"});
    wait_until([] { return sessions("wait_event_type = 'Lock'") > 0; });
    interrupt(running, SIGTERM, [&] { lock.reset(); });
    CHECK(difference(rows, rows_of(workspace)).none());
    CHECK(workspace.run({"attribute"}).exit_code == 0);
    CHECK_FALSE(difference(rows, rows_of(workspace)).none());
}

TEST_CASE("a second signal ends even a sync whose database does not answer", "[signals]") {
    const Simulator simulator(some_history);
    const Workspace workspace = Workspace::on("postgres", simulator.url());
    CHECK(workspace.run({"migrate"}).exit_code == 0);
    pqxx::connection other(postgres_server().url());
    postgres::set_up(other);
    auto lock = std::make_unique<pqxx::work>(other);
    postgres::exec(*lock, "LOCK TABLE " + workspace.warehouse.schema + ".execution");
    RunningTidemark running(workspace.path(), {"sync"});
    wait_until([] { return sessions("wait_event_type = 'Lock'") > 0; });
    REQUIRE(running.signal(SIGTERM));
    wait_until([&] { return !catches(running.pid(), SIGINT); });
    REQUIRE(running.signal(SIGINT));
    const Ran ran = running.wait();
    CHECK(ran.exit_code == 128 + SIGINT);
    CHECK(ran.err.empty());
    lock.reset();
    check_repaired(workspace, Workspace::on("postgres", simulator.url()));
}

TEST_CASE("a signal ends a sync whose database does not answer", "[signals]") {
    const int signal = GENERATE(SIGINT, SIGTERM, SIGHUP);
    const Simulator simulator(some_history);
    const Workspace workspace = Workspace::on("postgres", simulator.url());
    CHECK(workspace.run({"migrate"}).exit_code == 0);
    pqxx::connection other(postgres_server().url());
    postgres::set_up(other);
    auto lock = std::make_unique<pqxx::work>(other);
    postgres::exec(*lock, "LOCK TABLE " + workspace.warehouse.schema + ".execution");
    RunningTidemark running(workspace.path(), {"sync"});
    wait_until([] { return sessions("wait_event_type = 'Lock'") > 0; });
    interrupt(running, signal);
    lock.reset();
    check_repaired(workspace, Workspace::on("postgres", simulator.url()));
}

namespace {

/// Interrupts a command that waits for the tables, which somebody else has locked.
void check_ends_at_once(const Workspace& workspace, const std::vector<std::string>& command,
                        int signal) {
    CAPTURE(command, signal);
    pqxx::connection other(postgres_server().url());
    postgres::set_up(other);
    auto lock = std::make_unique<pqxx::work>(other);
    postgres::exec(*lock, "DO $$ DECLARE t text; BEGIN FOR t IN SELECT format('%I.%I', schemaname,"
                          " tablename) FROM pg_tables WHERE schemaname = '" +
                              workspace.warehouse.schema +
                              "' LOOP EXECUTE 'LOCK TABLE ' || t; END LOOP; END $$");
    RunningTidemark running(workspace.path(), command);
    wait_until([] { return sessions("wait_event_type = 'Lock'") > 0; });
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(running.signal(signal));
    const Ran ran = running.wait();
    CHECK(std::chrono::steady_clock::now() - start < bound);
    CHECK(ran.exit_code == 128 + (signal == SIGHUP ? SIGTERM : signal));
    CHECK(ran.err == "tidemark: interrupted\n");
    CHECK(ran.out.empty());
    lock.reset();
    // a server that noticed late would hold locks, and the lease
    wait_until([] { return sessions("true") == 0; });
    CHECK(workspace.run(command).exit_code == 0);
}

} // namespace

TEST_CASE("a signal ends at once what has nothing to tidy up", "[signals]") {
    const Simulator simulator(some_history);
    const Workspace workspace = Workspace::on("postgres", simulator.url());
    REQUIRE(workspace.run({"sync"}).exit_code == 0);
    const std::vector<std::vector<std::string>> commands{
        {"query", "execution"},
        {"status"},
        {"messages"},
        {"check"},
        {"verify"},
        {"verify", "--offline"},
        {"migrate"},
        {"copy", "--to", "sqlite:other.db"},
    };
    for (const auto& command : commands) {
        for (const int signal : {SIGINT, SIGTERM, SIGHUP})
            check_ends_at_once(workspace, command, signal);
    }
}

TEST_CASE("a terminal that goes does not end what was told to stay", "[signals]") {
    const Simulator simulator(some_history);
    simulator.send("fault?kind=stall&job=1&after=20000");
    const Workspace workspace = Workspace::on("sqlite", simulator.url());
    ::signal(SIGHUP, SIG_IGN); // as nohup does
    RunningTidemark running(workspace.path(), {"sync"});
    ::signal(SIGHUP, SIG_DFL);
    wait_until([&] { return stat(simulator, "requests") == 3; });
    REQUIRE(running.signal(SIGHUP));
    interrupt(running, SIGTERM);
}
