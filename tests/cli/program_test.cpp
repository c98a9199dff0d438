#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/sample_workspace.hpp"
#include "support/simulator.hpp"

using namespace tidemark::test;

TEST_CASE("two nights over HTTP answer when each source was last loaded") {
    const Simulator night1({"--folder", samples + "night1"});
    SampleWorkspace workspace(night1.url());
    CHECK(workspace.run({"sync"}).exit_code == 0);
    const Ran query = workspace.run({"query", "last_successful_load", "--format", "csv"});
    CHECK(query.exit_code == 0);
    CHECK(query.err.empty());
    CHECK_THAT(query.out, ContainsSubstring("Finance,2026-10-08 03:26:42.904364,Load_GL_Nightly"));

    const Simulator night2({"--folder", samples + "night2"});
    write_file(workspace / "night2.toml", [&] {
        std::string config = read_file(workspace / "config.toml");
        return config.replace(config.find(night1.url()), night1.url().size(), night2.url());
    }());
    CHECK(workspace.run({"sync", "--config", "night2.toml"}).exit_code == 0);
    const Ran again = workspace.run({"sync", "--config", "night2.toml"});
    CHECK(again.exit_code == 0);
    CHECK(again.out.empty());
    CHECK_THAT(again.err, ContainsSubstring(
                              "nothing was new, 29 executions unchanged, 12 older not compared"));
    CHECK_THAT(workspace.run({"status"}).out, ContainsSubstring("2026-10-11 03:29:32.579301"));
}

TEST_CASE("jobs lists what the API has, with its live status") {
    const Simulator simulator({"--jobs", "2"});
    SampleWorkspace workspace(simulator.url());
    const Ran jobs = workspace.run({"jobs"});
    CHECK(jobs.exit_code == 0);
    CHECK_THAT(jobs.out, ContainsSubstring("idle"));
    CHECK(jobs.err.empty());
}

TEST_CASE("jobs are listed though their live status cannot be had") {
    const Simulator simulator({"--folder", samples + "night1"});
    SampleWorkspace workspace(simulator.url());
    const Ran jobs = workspace.run({"jobs"});
    CHECK(jobs.exit_code == 3);
    CHECK_THAT(jobs.out, ContainsSubstring("ODX – nightly “all” sources"));
    CHECK_THAT(jobs.err, ContainsSubstring("without the live status"));
}

TEST_CASE("check says what is right and what is not") {
    const Simulator simulator({"--folder", samples + "night1"});
    SampleWorkspace workspace(simulator.url());
    const Ran fresh = workspace.run({"check"});
    CHECK(fresh.exit_code == 0);
    CHECK_THAT(fresh.out, ContainsSubstring("lists 5 jobs"));
    CHECK_THAT(fresh.out, ContainsSubstring("the first sync creates it"));
    workspace.run({"sync"});
    const Ran loaded = workspace.run({"check"});
    CHECK(loaded.exit_code == 0);
    CHECK_THAT(loaded.out, ContainsSubstring("a state 0 was seen"));
}

TEST_CASE("a wrong key ends at once with exit 1 and does not print the key") {
    const Simulator simulator({"--folder", samples + "night1"});
    SampleWorkspace workspace(simulator.url());
    const Ran ran = workspace.run({"sync"}, "the-wrong-key");
    CHECK(ran.exit_code == 1);
    CHECK_THAT(ran.err, ContainsSubstring("401"));
    CHECK_THAT(ran.err, ContainsSubstring("TIDEMARK_API_KEY"));
    CHECK_THAT(ran.err, !ContainsSubstring("the-wrong-key"));
}

TEST_CASE("a page of HTML for one job says which, from where and what to try; the rest is loaded") {
    const Simulator simulator({"--jobs", "2", "--executions", "2", "--logs-per-execution", "3",
                               "--fault", "kind=html,call=logs,job=1"});
    SampleWorkspace workspace(simulator.url());
    const Ran ran = workspace.run({"sync"});
    CHECK(ran.exit_code == 3);
    CHECK_THAT(ran.err, ContainsSubstring("synced 1 of 2 jobs") &&
                            ContainsSubstring("job 'Nightly load 2' failed: GET " +
                                              simulator.url() + "/public/jobs/") &&
                            ContainsSubstring("HTTP 200, the body is no array: it is HTML") &&
                            ContainsSubstring("; check 'source.base_url'"));
    CHECK_THAT(workspace.run({"query", "jobs", "--format", "csv"}).out, ContainsSubstring(",2,"));
}

TEST_CASE("an object in the place of the list of jobs is exit 1 and says what to try") {
    const Simulator simulator({"--fault", "kind=object,call=jobs"});
    SampleWorkspace workspace(simulator.url());
    const Ran ran = workspace.run({"sync"});
    CHECK(ran.exit_code == 1);
    CHECK_THAT(ran.err, ContainsSubstring("GET " + simulator.url() + "/public/jobs failed: ") &&
                            ContainsSubstring("HTTP 200, the list of jobs cannot be read") &&
                            ContainsSubstring("it is an object") &&
                            ContainsSubstring("; check 'source.base_url'"));
    CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
}

TEST_CASE("a missing key is a matter of configuration") {
    SampleWorkspace workspace;
    const Ran ran = workspace.run({"sync"}, "");
    CHECK(ran.exit_code == 2);
    CHECK_THAT(ran.err, ContainsSubstring("TIDEMARK_API_KEY"));
}

TEST_CASE("saved bodies are loaded from a folder, without a key") {
    SampleWorkspace workspace;
    const Ran ran = workspace.run({"sync", "--from", samples + "night1"}, "");
    CHECK(ran.exit_code == 0);
    CHECK_THAT(ran.err, ContainsSubstring("45 executions new"));
}

TEST_CASE("a command line that is wrong gets one line and exit 2") {
    SampleWorkspace workspace;
    CHECK(workspace.run({"synk"}).exit_code == 2);
    CHECK(workspace.run({"synk"}).err ==
          "tidemark: unknown command 'synk' (did you mean 'sync'?)\n");
    CHECK(workspace.run({}).exit_code == 2);
    CHECK(workspace.run({"sync", "--fool"}).exit_code == 2);
    CHECK(workspace.run({"sync", "--config", "nowhere.toml"}).exit_code == 2);
    CHECK(workspace.run({"sync", "--job", "no such job", "--from", samples + "night1"}).exit_code ==
          2);
}

namespace {

/// A command line that is wrong, and the line about it.
struct BadCommandLine {
    std::vector<std::string> arguments;
    std::string error;
};

const std::vector<BadCommandLine> bad_command_lines = {
    {{"query", "--fromat", "csv"},
     "unknown option '--fromat' (did you mean '--format'?); see 'tidemark query --help'"},
    {{"query", "jobs", "-format=csv"},
     "unknown option '-format' (did you mean '--format'?); see 'tidemark query --help'"},
    {{"query", "--format", "x"},
     "'--format' must be one of 'table', 'csv', 'json', 'ndjson', 'markdown', not 'x'; see "
     "'tidemark query --help'"},
    {{"query", "--format=jsn"},
     "'--format' must be one of 'table', 'csv', 'json', 'ndjson', 'markdown', not 'jsn' (did you "
     "mean 'json'?); see "
     "'tidemark query --help'"},
    {{"query", "--format"}, "'--format' needs a value; see 'tidemark query --help'"},
    {{"query", "jobs", "more"}, "'more' is one argument too many; see 'tidemark query --help'"},
    {{"sync", "--zzz"}, "unknown option '--zzz'; see 'tidemark sync --help'"},
    {{"sync", "--config"}, "'--config' needs a value; see 'tidemark sync --help'"},
    {{"sync", "--config", "a", "--config", "b"},
     "'--config' can be given only once; see 'tidemark sync --help'"},
    {{"--config", "a", "sync"},
     "'--config' stands before the command; write the command first; see 'tidemark sync --help'"},
    {{"copy"}, "'--to' is missing; see 'tidemark copy --help'"},
    {{"copy", "--to", ""}, "'--to' must not be empty; see 'tidemark copy --help'"},
    {{"sync", "--from", ""}, "'--from' must not be empty; see 'tidemark sync --help'"},
    {{"sync", "--job", ""}, "'--job' must not be empty; see 'tidemark sync --help'"},
    {{"report", ""}, "'file' must not be empty; see 'tidemark report --help'"},
    {{"verify", "--offline", "--from", "x"},
     "'--offline' and '--from' cannot be given together; see 'tidemark verify --help'"},
};

} // namespace

TEST_CASE("a slip on the command line is told by what was probably meant") {
    SampleWorkspace workspace;
    for (const BadCommandLine& bad : bad_command_lines) {
        const Ran ran = workspace.run(bad.arguments);
        CHECK(ran.err == "tidemark: " + bad.error + "\n");
        CHECK(ran.exit_code == 2);
        CHECK(ran.out.empty());
    }
}

TEST_CASE("a warehouse is not copied onto itself, which would pass for a copy") {
    SampleWorkspace workspace;
    REQUIRE(workspace.run({"sync", "--from", samples + "night1"}).exit_code == 0);
    std::filesystem::create_symlink("tidemark.db", workspace / "link.db");
    for (const std::string to : {"sqlite:tidemark.db", "sqlite:./tidemark.db", "sqlite:link.db"}) {
        const Ran ran = workspace.run({"copy", "--to", to});
        CHECK(ran.exit_code == 2);
        CHECK(ran.err == "tidemark: '--to' names the warehouse that is copied; name another one\n");
    }
    const Ran unknown = workspace.run({"copy", "--to", "foo"});
    CHECK(unknown.exit_code == 2);
    CHECK(unknown.err ==
          "tidemark: '--to' must be 'sqlite:FILE' or 'postgresql://HOST/DATABASE'\n");
    CHECK(workspace.run({"copy", "--to", "sqlite::memory:"}).exit_code == 1);
    CHECK(workspace.run({"copy", "--to", "sqlite:copy.db"}).exit_code == 0);
}

TEST_CASE("a job or a view a letter away is suggested") {
    SampleWorkspace workspace;
    workspace.run({"sync", "--from", samples + "night1"});
    const Ran job =
        workspace.run({"sync", "--from", samples + "night1", "--job", "Nigthly load 3"});
    CHECK(job.exit_code == 2);
    CHECK_THAT(job.err,
               ContainsSubstring("no job has the name or id 'Nigthly load 3' (did you mean "
                                 "'Nightly load 3'?)"));
    for (const std::string view : {"last_succesful_load", "exection"}) {
        const Ran ran = workspace.run({"query", view});
        CHECK(ran.exit_code == 2);
        CHECK_THAT(ran.err, ContainsSubstring(view == "exection"
                                                  ? "(did you mean 'execution'?)"
                                                  : "(did you mean 'last_successful_load'?)"));
    }
}

TEST_CASE("a warehouse that is not there, or is something else, is exit 1") {
    SampleWorkspace workspace;
    const Ran missing = workspace.run({"status"});
    CHECK(missing.exit_code == 1);
    CHECK(std::count(missing.err.begin(), missing.err.end(), '\n') == 1);
    write_file(workspace / "tidemark.db", "this is not a database, only text that is long enough");
    CHECK(workspace.run({"sync", "--from", samples + "night1"}).exit_code == 1);
    CHECK(read_file(workspace / "tidemark.db").starts_with("this is not"));
}

TEST_CASE("an unknown view gets a line and exit 2") {
    SampleWorkspace workspace;
    workspace.run({"sync", "--from", samples + "night1"});
    const Ran ran = workspace.run({"query", "last_succesful_load"});
    CHECK(ran.exit_code == 2);
    CHECK_THAT(ran.err, ContainsSubstring("last_succesful_load") &&
                            ContainsSubstring("'tidemark query' lists the views"));
    const Ran list = workspace.run({"query"});
    CHECK(list.exit_code == 0);
    CHECK_THAT(list.out, ContainsSubstring("last_successful_load"));
}

TEST_CASE("migrate creates the schema, and has nothing to do the second time") {
    SampleWorkspace workspace;
    CHECK_THAT(workspace.run({"migrate"}).out, ContainsSubstring("applied 001"));
    CHECK_THAT(workspace.run({"migrate"}).out, ContainsSubstring("nothing to do"));
}

TEST_CASE("a manual migration is asked for, not done") {
    SampleWorkspace workspace;
    std::string config = read_file(workspace / "config.toml");
    config.replace(config.find("migrate = \"auto\""), 16, "migrate = \"manual\"");
    write_file(workspace / "config.toml", config);
    const Ran ran = workspace.run({"sync", "--from", samples + "night1"});
    CHECK(ran.exit_code == 1);
    CHECK_THAT(ran.err, ContainsSubstring("tidemark migrate"));
}
