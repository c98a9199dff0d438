#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/neutral_rows.hpp"
#include "support/sample_workspace.hpp"
#include "support/workspace.hpp"
#include "warehouse/backends.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const std::string night = samples + "night1";

/// Runs the program as a shell does that is told where its descriptors go; returns its exit code.
int run_in_shell(const std::filesystem::path& folder, const std::string& arguments,
                 const std::string& redirections) {
    const std::string line =
        fmt::format("cd '{}' && TIDEMARK_API_KEY=a-secret-key {} {} {}", folder.string(),
                    TIDEMARK_PROGRAM, arguments, redirections);
    const int status = std::system(line.c_str()); // NOLINT(concurrency-mt-unsafe): one thread
    return WEXITSTATUS(status);
}

} // namespace

TEST_CASE("a log that takes no more lines stops no sync", "[faults]") {
    const auto backend = GENERATE(from_range(backends()));
    const std::string place = GENERATE("2>/dev/full", "2>&-", "0<&- 1>&- 2>&-");
    CAPTURE(place);
    const Workspace workspace = Workspace::on(backend, "https://gateway.example");
    const Workspace undisturbed = Workspace::on(backend, "https://gateway.example");
    REQUIRE(undisturbed.run({"sync", "--from", night}).exit_code == 0);
    CHECK(run_in_shell(workspace.path(), "sync --from " + night, place) == 0);
    CHECK(neutral_rows(*workspace.open()) == neutral_rows(*undisturbed.open()));
    CHECK(workspace.run({"verify", "--from", night}).exit_code == 0);
}

TEST_CASE("a reader of the log that goes away stops no sync", "[faults]") {
    SampleWorkspace workspace;
    run_in_shell(workspace.path(), "sync --from " + night, "2>&1 | head -c 1 >/dev/null");
    CHECK(workspace.run({"verify", "--from", night}).exit_code == 0);
}

TEST_CASE("an error that cannot be told keeps its exit code", "[faults]") {
    SampleWorkspace workspace;
    const std::string place = GENERATE("2>/dev/full", "2>&-");
    CHECK(run_in_shell(workspace.path(), "status --config nope.toml", place) == 2);
    CHECK(run_in_shell(workspace.path(), "nosuch", place) == 2);
    REQUIRE(workspace.run({"migrate"}).exit_code == 0);
    CHECK(run_in_shell(workspace.path(), "query nosuch", place) == 2);
}

TEST_CASE("data that the standard output does not take is a failure that is told", "[faults]") {
    SampleWorkspace workspace;
    REQUIRE(workspace.run({"sync", "--from", night}).exit_code == 0);
    const std::string command =
        GENERATE("--help", "--version", "sync --help", "query", "query jobs", "query fact_log",
                 "query fact_log --format json", "status", "messages", "migrate --dry-run",
                 "verify --offline");
    const std::string place = GENERATE(">/dev/full", ">&-");
    CAPTURE(command, place);
    CHECK(run_in_shell(workspace.path(), command, place + " 2>err") == 1);
    CHECK(read_file(workspace / "err") ==
          "tidemark: cannot write to the standard output; it is closed, or its disk is full\n");
}

TEST_CASE("who has read enough of the output hears nothing more", "[faults]") {
    SampleWorkspace workspace;
    REQUIRE(workspace.run({"sync", "--from", night}).exit_code == 0);
    run_in_shell(workspace.path(), "query fact_log --format csv", "2>err | head -n 1 >out");
    CHECK(read_file(workspace / "out").starts_with("execution_key"));
    CHECK(read_file(workspace / "err").empty());
}

TEST_CASE("a limit on the size of files ends with a line", "[faults]") {
    SampleWorkspace workspace;
    REQUIRE(workspace.run({"migrate"}).exit_code == 0);
    const std::string command = fmt::format("cd '{}' && ulimit -f 400 && {} sync --from {} 2>err",
                                            workspace.path().string(), TIDEMARK_PROGRAM, night);
    const int status = std::system(command.c_str()); // NOLINT(concurrency-mt-unsafe): one thread
    CHECK(WEXITSTATUS(status) == 1);
    CHECK_THAT(read_file(workspace / "err"), ContainsSubstring("tidemark: cannot use '"));
    CHECK(workspace.run({"sync", "--from", night}).exit_code == 0);
    CHECK(workspace.run({"verify", "--from", night}).exit_code == 0);
}
