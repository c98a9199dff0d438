#include "support/catch.hpp"
#include "support/sample_desk.hpp"

#include <filesystem>

using namespace tidemark::test;

TEST_CASE("report writes a page, and says where", "[report][cli]") {
    SampleDesk desk;
    desk.run({"sync", "--from", samples + "night1"});
    write_file(desk / "page.html", "the old page");
    const Ran ran = desk.run({"report", "page.html"});
    CHECK(ran.exit_code == 0);
    CHECK(ran.out.empty());
    CHECK(ran.err == "tidemark: wrote the report 'page.html'\n");
    CHECK(read_file(desk / "page.html").starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    CHECK_FALSE(std::filesystem::exists(desk / "page.html.new"));
}

TEST_CASE("report needs a file, a folder for it, and a warehouse", "[report][cli]") {
    SampleDesk desk;
    const Ran early = desk.run({"report", "page.html"});
    CHECK(early.exit_code == 1);
    CHECK_FALSE(std::filesystem::exists(desk / "page.html"));
    desk.run({"sync", "--from", samples + "night1"});
    const Ran nameless = desk.run({"report"});
    CHECK(nameless.exit_code == 2);
    CHECK_THAT(nameless.err, ContainsSubstring("no file to write: give one ("));
    const Ran nowhere = desk.run({"report", "no/such/page.html"});
    CHECK(nowhere.exit_code == 1);
    CHECK(nowhere.err == "tidemark: cannot write 'no/such/page.html': No such file or "
                         "directory\n");
}

TEST_CASE("each sync writes the page that the configuration names", "[report][cli]") {
    SampleDesk desk;
    desk.configure("\n[report]\nfile = \"page.html\"\n");
    CHECK(desk.run({"sync", "--from", samples + "night1", "--dry-run"}).exit_code == 0);
    CHECK_FALSE(std::filesystem::exists(desk / "page.html"));
    CHECK(desk.run({"sync", "--from", samples + "night1"}).exit_code == 0);
    CHECK_THAT(read_file(desk / "page.html"), ContainsSubstring("Nightly load 5"));
    CHECK(desk.run({"report"}).exit_code == 0);
}

TEST_CASE("a page that cannot be written is told, and the sync is done", "[report][cli]") {
    SampleDesk desk;
    desk.configure("\n[report]\nfile = \"no/such/page.html\"\n");
    const Ran ran = desk.run({"sync", "--from", samples + "night1"});
    CHECK(ran.exit_code == 0);
    CHECK_THAT(ran.err, ContainsSubstring("tidemark: cannot write '"));
    CHECK_THAT(desk.run({"query", "recent_syncs", "--format", "json"}).out,
               ContainsSubstring("\"outcome\":\"succeeded\""));
}
