#include "support/catch.hpp"
#include "support/sample_desk.hpp"

using namespace tidemark::test;

TEST_CASE("the configuration's own tests are run, and a difference is told with its place") {
    const std::string message = "message = \"Transfer task 'CRM - x' completed, 12 rows\"\n";
    SampleDesk desk;
    desk.configure("\n[[attribution.test]]\n" + message + "source = \"CRM\"\nrows = 12\n");
    const Ran passed = desk.run({"attribute", "--test"});
    CHECK(passed.exit_code == 0);
    CHECK(passed.out == "1 test, 0 failed\n");

    desk.configure("\n[[attribution.test]]\n" + message + "source = \"Sales\"\n");
    const Ran failed = desk.run({"attribute", "--test"});
    CHECK(failed.exit_code == 3);
    CHECK(failed.err.empty());
    CHECK_THAT(failed.out, ContainsSubstring("attribution test failed: 'Transfer task 'CRM - x'"));
    CHECK_THAT(failed.out, ContainsSubstring("matched by rule 'transfer completed' (config.toml:"));
    CHECK_THAT(failed.out, ContainsSubstring("source: expected 'Sales', got 'CRM'"));
    CHECK_THAT(failed.out, ContainsSubstring("1 test, 1 failed\n"));
    CHECK_THAT(desk.run({"check"}).out, ContainsSubstring("source: expected 'Sales', got 'CRM'"));
}

TEST_CASE("changed rules are announced by a sync, shown by a dry run and applied by attribute") {
    SampleDesk desk;
    CHECK(desk.run({"sync", "--from", samples + "night1"}).exit_code == 0);
    CHECK(desk.run({"attribute"}).out ==
          "read 45 executions with 1142 log lines; no task run differs\n");

    desk.configure("\n[attribution.known]\n\"Everything\" = [\"metadata\"]\n");
    // the sample configuration has an empty table of that name already
    std::string text = read_file(desk / "config.toml");
    text.erase(text.find("[attribution.known]\n"), std::string{"[attribution.known]\n"}.size());
    write_file(desk / "config.toml", text);
    const Ran sync = desk.run({"sync", "--from", samples + "night1"});
    CHECK(sync.exit_code == 0);
    CHECK_THAT(sync.err, ContainsSubstring("not made by today's rules"));
    const Ran check = desk.run({"check"});
    CHECK_THAT(check.out, ContainsSubstring("not made by today's rules"));
    CHECK_THAT(check.out, ContainsSubstring("rule 'transfer finished' (config.toml:"));
    CHECK_THAT(check.out, ContainsSubstring("matches none of the newest"));

    const Ran shown = desk.run({"attribute", "--dry-run"});
    CHECK(shown.exit_code == 0);
    CHECK_THAT(shown.out, ContainsSubstring("'Import Metadata': no data source → 'Everything' ("));
    CHECK(desk.run({"attribute"}).exit_code == 0);
    const Ran after = desk.run({"sync", "--from", samples + "night1"});
    CHECK_THAT(after.err, !ContainsSubstring("today's rules"));
    CHECK_THAT(desk.run({"query", "last_successful_load", "--format", "csv"}).out,
               ContainsSubstring("Everything,2026-10-09 03:31:24.291772"));
}
