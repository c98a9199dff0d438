#include "support/at_terminal.hpp"
#include "support/catch.hpp"
#include "support/sample_workspace.hpp"
#include "support/simulator.hpp"

using namespace tidemark::test;

TEST_CASE("progress tells percent, and the try that it waits for", "[screen]") {
    const Simulator simulator({"--folder", samples + "night1"});
    const SampleWorkspace workspace(simulator.url());
    simulator.send("fault?kind=status&status=503&call=jobs&count=1");
    const Ran at_terminal = run_at_terminal(workspace.path(), {"sync"});
    CAPTURE(at_terminal.out);
    CHECK(at_terminal.exit_code == 0);
    CHECK_THAT(at_terminal.out, ContainsSubstring(" s to try again, 2 of 6: HTTP 503"));
    CHECK_THAT(at_terminal.out, ContainsSubstring("jobs 5/5 (100 %)  executions"));
    simulator.send("fault?kind=status&status=503&call=jobs&count=1");
    const Ran piped = run_tidemark(workspace.path(), {"sync"});
    CHECK_THAT(piped.err, ContainsSubstring(" s to try again, 2 of 6: HTTP 503\n"));
    CHECK_THAT(piped.err, ContainsSubstring("tidemark: waiting 0."));
}

TEST_CASE("a table is fitted to a terminal, and whole and exact in a pipe", "[screen]") {
    SampleWorkspace workspace;
    workspace.run({"sync", "--from", samples + "night1"});
    const std::vector<std::string> query = {"query", "last_successful_load"};
    const Ran narrow = run_at_terminal(workspace.path(), query, {}, 80);
    CAPTURE(narrow.out);
    CHECK_THAT(narrow.out, ContainsSubstring("not shown: "));
    CHECK_THAT(narrow.out, ContainsSubstring("; --wide shows every column\n"));
    CHECK_THAT(narrow.out, ContainsSubstring("\x1b[31m"));
    CHECK_THAT(narrow.out, ContainsSubstring(" d ago"));
    const Ran plain = run_at_terminal(workspace.path(), query, {}, 80, "", {{"NO_COLOR", "1"}});
    CHECK_THAT(plain.out, !ContainsSubstring("\x1b"));
    const Ran wide = run_at_terminal(workspace.path(), {"query", "last_successful_load", "--wide"});
    CHECK_THAT(wide.out, ContainsSubstring("data_source_key"));
    CHECK_THAT(wide.out, ContainsSubstring("2026-10-08 03:26:42 "));
    const Ran piped = workspace.run(query);
    CHECK_THAT(piped.out, ContainsSubstring("2026-10-08 03:26:42.904364"));
    CHECK_THAT(piped.out, ContainsSubstring("data_source_key"));
    CHECK_THAT(piped.out, !ContainsSubstring("\x1b"));
}

TEST_CASE("query selects rows and columns", "[query]") {
    SampleWorkspace workspace;
    workspace.run({"sync", "--from", samples + "night1"});
    const auto query = [&](std::vector<std::string> options) {
        options.insert(options.begin(), {"query", "last_successful_load", "--format", "csv"});
        return workspace.run(options);
    };
    CHECK(query({"--columns", "data_source,is_late", "--where", "data_source=Fin*"}).out ==
          "data_source,is_late\r\nFinance,1\r\n");
    CHECK(
        query({"--columns", "data_source", "--sort", "data_source", "--descending", "--limit", "1"})
            .out == "data_source\r\nØkonomi\r\n");
    const Ran unknown = query({"--columns", "data_sources"});
    CHECK(unknown.exit_code == 2);
    CHECK_THAT(unknown.err, ContainsSubstring("did you mean 'data_source'?"));
    const Ran none = query({"--limit", "0"});
    CHECK(none.exit_code == 2);
    CHECK_THAT(none.err, ContainsSubstring("'--limit' must be a number from 1 on, not '0'"));
}
