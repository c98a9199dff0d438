// What the program writes never replaces what it needs.
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/sample_workspace.hpp"

#include <fmt/format.h>

using namespace tidemark::test;

namespace fs = std::filesystem;

namespace {

const std::string loaded_night = samples + "night1";

/// The texts of the files that must stay.
std::map<std::string, std::string> texts_in(const SampleWorkspace& workspace,
                                            const std::vector<std::string>& files) {
    std::map<std::string, std::string> texts;
    for (const std::string& file : files)
        texts[file] = read_file(workspace / file);
    return texts;
}

} // namespace

TEST_CASE("no output replaces the warehouse, the configuration or what they name",
          "[cli][output]") {
    SampleWorkspace workspace;
    write_file(workspace / "hook", "https://example.com/s3cr3t\n");
    workspace.configure("\n[archive]\ndir = \"archive\"\n[alert]\nwebhook_file = \"hook\"\n");
    CHECK(workspace.run({"sync", "--from", loaded_night}).exit_code <= 3);
    fs::create_symlink("tidemark.db", workspace / "link.db");
    const std::vector<std::string> files = {"tidemark.db", "config.toml", "hook",
                                            "archive/manifest.json"};
    const auto before = texts_in(workspace, files);
    const std::vector<std::pair<std::string, std::string>> targets = {
        {"tidemark.db", "the warehouse"},
        {"link.db", "the warehouse"},
        {"./tidemark.db-wal", "the warehouse"},
        {"tidemark.db-journal", "the warehouse"},
        {"config.toml", "the configuration"},
        {"hook", "the file of 'alert.webhook_file'"},
        {"archive/manifest.json", "of the archive"},
        {"archive/executions/page.html", "of the archive"},
        {"archive/../archive/lock", "of the archive"}};
    for (const auto& [target, role] : targets) {
        const std::vector<std::vector<std::string>> commands = {
            {"report", target},
            {"query", "jobs", "--output", target},
            {"status", "--output", target},
            {"sync", "--from", loaded_night, "--summary", target},
            {"sync", "--from", loaded_night, "--dry-run", "--summary", target}};
        for (const auto& command : commands) {
            CAPTURE(command, target);
            const Ran ran = workspace.run(command);
            CHECK(ran.exit_code == 2);
            CHECK(ran.err == fmt::format("tidemark: cannot write '{}': it is {}\n", target, role));
        }
    }
    CHECK(texts_in(workspace, files) == before);
    CHECK(workspace.run({"report", "archive/page.html"}).exit_code == 0); // beside its files
}

TEST_CASE("a sync writes no page or figures over the warehouse, and check says so first",
          "[cli][output]") {
    SampleWorkspace workspace;
    REQUIRE(workspace.run({"sync", "--from", loaded_night}).exit_code == 0);
    const std::string before = read_file(workspace / "tidemark.db");
    const auto* key = GENERATE("[report]\nfile", "[metrics]\ntextfile");
    workspace.configure(fmt::format("\n{} = \"tidemark.db\"\n", key));
    const Ran sync = workspace.run({"sync", "--from", loaded_night});
    CHECK(sync.exit_code == 2);
    CHECK_THAT(sync.err, ContainsSubstring(": it is the warehouse; correct '"));
    CHECK(read_file(workspace / "tidemark.db") == before);
    const Ran check = workspace.run({"check"});
    CHECK_THAT(check.out, ContainsSubstring(": it is the warehouse; correct '"));
}

TEST_CASE("check tells of files that a sync could not write", "[cli][output]") {
    SampleWorkspace workspace;
    workspace.configure("\n[report]\nfile = \"nowhere/page.html\"\n"
                        "[metrics]\ntextfile = \"config.toml/tidemark.prom\"\n"
                        "[archive]\ndir = \"new/archive\"\n");
    const Ran ran = workspace.run({"check"});
    CHECK_THAT(ran.out, ContainsSubstring("'report.file' cannot be written: there is no folder '"));
    CHECK_THAT(ran.out, ContainsSubstring("'metrics.textfile' cannot be written: "));
    CHECK_THAT(ran.out, !ContainsSubstring("archive.dir"));
    CHECK_FALSE(fs::exists(workspace / "new"));
    workspace.configure("\n[archive]\ndir = \"config.toml/archive\"\n");
    CHECK_THAT(workspace.run({"check"}).out,
               ContainsSubstring("'archive.dir' cannot be written: "));
}
