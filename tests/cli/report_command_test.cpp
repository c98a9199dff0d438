#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/sample_workspace.hpp"

#include <filesystem>

using namespace tidemark::test;

TEST_CASE("report writes a page, and says where", "[report][cli]") {
    SampleWorkspace workspace;
    workspace.run({"sync", "--from", samples + "night1"});
    write_file(workspace / "page.html", "the old page");
    const Ran ran = workspace.run({"report", "page.html"});
    CHECK(ran.exit_code == 0);
    CHECK(ran.out.empty());
    CHECK(ran.err == "tidemark: wrote the report 'page.html'\n");
    CHECK(read_file(workspace / "page.html").starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    CHECK_FALSE(std::filesystem::exists(workspace / "page.html.new"));
}

TEST_CASE("report needs a file, a folder for it, and a warehouse", "[report][cli]") {
    SampleWorkspace workspace;
    const Ran early = workspace.run({"report", "page.html"});
    CHECK(early.exit_code == 1);
    CHECK_FALSE(std::filesystem::exists(workspace / "page.html"));
    workspace.run({"sync", "--from", samples + "night1"});
    const Ran nameless = workspace.run({"report"});
    CHECK(nameless.exit_code == 2);
    CHECK_THAT(nameless.err, ContainsSubstring("no file to write: give one ("));
    const Ran nowhere = workspace.run({"report", "no/such/page.html"});
    CHECK(nowhere.exit_code == 1);
    CHECK(nowhere.err == "tidemark: cannot write 'no/such/page.html': No such file or "
                         "directory\n");
}

TEST_CASE("each sync writes the page that the configuration names", "[report][cli]") {
    SampleWorkspace workspace;
    workspace.configure("\n[report]\nfile = \"page.html\"\n");
    CHECK(workspace.run({"sync", "--from", samples + "night1", "--dry-run"}).exit_code == 0);
    CHECK_FALSE(std::filesystem::exists(workspace / "page.html"));
    CHECK(workspace.run({"sync", "--from", samples + "night1"}).exit_code == 0);
    CHECK_THAT(read_file(workspace / "page.html"), ContainsSubstring("Nightly load 5"));
    CHECK(workspace.run({"report"}).exit_code == 0);
}

TEST_CASE("a page that cannot be written is told, and the sync is done", "[report][cli]") {
    SampleWorkspace workspace;
    workspace.configure("\n[report]\nfile = \"no/such/page.html\"\n");
    const Ran ran = workspace.run({"sync", "--from", samples + "night1"});
    CHECK(ran.exit_code == 0);
    CHECK_THAT(ran.err, ContainsSubstring("tidemark: cannot write '"));
    CHECK_THAT(workspace.run({"query", "recent_syncs", "--format", "json"}).out,
               ContainsSubstring("\"outcome\":\"succeeded\""));
}
