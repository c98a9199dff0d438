#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/sample_workspace.hpp"

using namespace tidemark::test;

TEST_CASE("the configuration's own tests are run, and a difference is told with its place") {
    const std::string message = "message = \"Transfer task 'CRM - x' completed, 12 rows\"\n";
    SampleWorkspace workspace;
    workspace.configure("\n[[attribution.test]]\n" + message + "source = \"CRM\"\nrows = 12\n");
    const Ran passed = workspace.run({"attribute", "--test"});
    CHECK(passed.exit_code == 0);
    CHECK(passed.out == "1 test, 0 failed\n");

    workspace.configure("\n[[attribution.test]]\n" + message + "source = \"Sales\"\n");
    const Ran failed = workspace.run({"attribute", "--test"});
    CHECK(failed.exit_code == 3);
    CHECK(failed.err.empty());
    CHECK_THAT(failed.out, ContainsSubstring("attribution test failed: 'Transfer task 'CRM - x'"));
    CHECK_THAT(failed.out, ContainsSubstring("matched by rule 'transfer completed' (config.toml:"));
    CHECK_THAT(failed.out, ContainsSubstring("source: expected 'Sales', got 'CRM'"));
    CHECK_THAT(failed.out, ContainsSubstring("1 test, 1 failed\n"));
    CHECK_THAT(workspace.run({"check"}).out,
               ContainsSubstring("source: expected 'Sales', got 'CRM'"));
}

TEST_CASE("changed rules are announced by a sync, shown by a dry run and applied by attribute") {
    SampleWorkspace workspace;
    CHECK(workspace.run({"sync", "--from", samples + "night1"}).exit_code == 0);
    CHECK(workspace.run({"attribute"}).out ==
          "read 45 executions with 1142 log lines; no task run differs\n");

    workspace.configure(
        "\n[attribution.known]\n\"Everything\" = [\"metadata\"]\n"
        "[[attribution.rule]]\nname = \"idle\"\npattern = \"^Idle (?P<task>.+)\"\n");
    // the sample configuration has an empty table of that name already
    std::string text = read_file(workspace / "config.toml");
    text.erase(text.find("[attribution.known]\n"), std::string{"[attribution.known]\n"}.size());
    write_file(workspace / "config.toml", text);
    const Ran sync = workspace.run({"sync", "--from", samples + "night1"});
    CHECK(sync.exit_code == 0);
    CHECK_THAT(sync.err, ContainsSubstring("not made by today's rules"));
    const Ran check = workspace.run({"check"});
    CHECK_THAT(check.out, ContainsSubstring("not made by today's rules"));
    CHECK_THAT(check.out, ContainsSubstring("rule 'idle' (config.toml:"));
    CHECK_THAT(check.out, ContainsSubstring("matches none of the newest"));

    const Ran shown = workspace.run({"attribute", "--dry-run"});
    CHECK(shown.exit_code == 0);
    CHECK_THAT(shown.out, ContainsSubstring("'Import Metadata': no data source → 'Everything' ("));
    CHECK(workspace.run({"attribute"}).exit_code == 0);
    const Ran after = workspace.run({"sync", "--from", samples + "night1"});
    CHECK_THAT(after.err, !ContainsSubstring("today's rules"));
    CHECK_THAT(workspace.run({"query", "last_successful_load", "--format", "csv"}).out,
               ContainsSubstring("Everything,2026-10-09 03:31:24.291772"));
}

TEST_CASE("check tells of messages that a rule calls succeeded and that say a failure") {
    SampleWorkspace workspace;
    workspace.configure(
        "\n[[attribution.rule]]\nname = \"too wide\"\npartial = true\n"
        "pattern = \"^Table (?P<task>.+?) transferred\"\noutcome = \"succeeded\"\n");
    CHECK(workspace.run({"sync", "--from", samples + "night1"}).exit_code == 0);
    std::string text = read_file(workspace / "config.toml");
    const std::string retries = "retries = 5"; // there is no source to ask
    text.replace(text.find(retries), retries.size(), "retries = 0");
    write_file(workspace / "config.toml", text);
    CHECK_THAT(workspace.run({"check"}).out, !ContainsSubstring("word of failure"));
    const std::string words = "#failure_words = [\"error\"";
    text.replace(text.find(words), words.size(), "failure_words = [\"transferred\"");
    write_file(workspace / "config.toml", text);
    const Ran check = workspace.run({"check"});
    CHECK_THAT(check.out, ContainsSubstring("rule 'too wide' (config.toml:"));
    CHECK_THAT(check.out, ContainsSubstring("the word of failure 'transferred', such as 'Table ["));
}

TEST_CASE("messages --learn writes its own file again, and never what somebody edited") {
    TemporaryFolder workspace;
    const auto run = [&](const std::vector<std::string>& arguments) {
        return run_tidemark(workspace.path(), arguments);
    };
    const std::string own = "[source]\nbase_url = \"https://gateway.example\"\n";
    write_file(workspace / "config.toml", own + "[attribution]\ninclude = \"rules.toml\"\n");
    const Ran missing = run({"sync", "--from", samples + "night1"});
    CHECK(missing.exit_code == 2);
    CHECK_THAT(missing.err, ContainsSubstring("'tidemark messages --learn --write FILE'"));

    write_file(workspace / "config.toml", own);
    REQUIRE(run({"sync", "--from", samples + "night1"}).exit_code == 0);
    write_file(workspace / "config.toml", own + "[attribution]\ninclude = \"rules.toml\"\n");
    const Ran first = run({"messages", "--learn", "--write", "rules.toml"});
    CHECK(first.exit_code == 0);
    CHECK_THAT(first.err, ContainsSubstring("wrote 3 rules to 'rules.toml'; run 'tidemark attr"));
    const std::string written = read_file(workspace / "rules.toml");
    CHECK_THAT(written, ContainsSubstring(first.out));
    // what the file says is learned again, not taken for known
    CHECK(run({"messages", "--learn", "--write", "rules.toml"}).exit_code == 0);
    CHECK(read_file(workspace / "rules.toml") == written);
    // beside it there is nothing more to learn
    const Ran nothing = run({"messages", "--learn"});
    CHECK(nothing.exit_code == 3);
    CHECK_THAT(nothing.out, ContainsSubstring("702 more are known to rules"));

    write_file(workspace / "rules.toml", written + "# mine\n");
    const Ran edited = run({"messages", "--learn", "--write", "rules.toml"});
    CHECK(edited.exit_code == 2);
    CHECK_THAT(edited.err, ContainsSubstring("'rules.toml' was edited since it was written"));
    CHECK(read_file(workspace / "rules.toml") == written + "# mine\n");
    CHECK(run({"messages", "--learn", "--write", "config.toml"}).exit_code == 2);
    CHECK(run({"messages", "--write", "x.toml"}).exit_code == 2);
}

TEST_CASE("messages --suggest is the learned rule of one kind, or a pattern without a task") {
    SampleWorkspace workspace;
    REQUIRE(workspace.run({"sync", "--from", samples + "night1"}).exit_code == 0);
    const Ran known = workspace.run({"messages", "--suggest", "fecaf2e9"});
    CHECK(known.exit_code == 0);
    CHECK_THAT(known.out, ContainsSubstring("name = \"transfer task completed rows\""));
    CHECK_THAT(known.out, ContainsSubstring("outcome = \"succeeded\""));
    const Ran other = workspace.run({"messages", "--suggest", "615dde7d"});
    CHECK(other.exit_code == 0);
    CHECK_THAT(other.out, ContainsSubstring("put (?P<task>.+?) in its\n# place"));
    CHECK_THAT(other.out, ContainsSubstring("pattern = \"^Job execution started$\""));
}
