// `--output`: rows in a file, which is complete or not there.
#include "platform/new_file.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/sample_workspace.hpp"
#include "support/workspace.hpp"
#include "warehouse/backends.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>

using namespace tidemark;
using namespace tidemark::test;

namespace fs = std::filesystem;

namespace {

const std::string first_night = samples + "night1";

std::vector<std::string> with(std::vector<std::string> arguments,
                              const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

/// The names of all files in a folder that begin with this word.
std::vector<std::string> files_of(const fs::path& folder, const std::string& word) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().filename().string().starts_with(word))
            names.push_back(entry.path().filename().string());
    }
    return names;
}

} // namespace

TEST_CASE("a file of --output is what the standard output would get, byte for byte",
          "[cli][output]") {
    SampleWorkspace workspace;
    workspace.configure("\n[archive]\ndir = \"archive\"\n");
    REQUIRE(workspace.run({"sync", "--from", first_night}).exit_code == 0);
    const auto command = GENERATE(values<std::vector<std::string>>(
        {{"query", "--format", "table"},
         {"query", "fact_log", "--format", "json"},
         {"query", "jobs", "--format", "csv", "--csv-separator", ";", "--bom"},
         {"messages", "--format", "ndjson"},
         {"verify", "--offline", "--format", "markdown"},
         {"verify", "--from", first_night, "--format", "csv"},
         {"prune", "--older-than", "30d", "--format", "csv"},
         {"archive", "--format", "csv"},
         {"archive", "verify", "--format", "json"},
         {"archive", "import", first_night, "--format", "table"}}));
    CAPTURE(command);
    write_file(workspace / "rows", "the old rows");
    if (command[1] == "import") workspace.run(command);
    const Ran printed = workspace.run(command);
    const Ran written = workspace.run(with(command, {"--output", "rows"}));
    CHECK(written.exit_code == printed.exit_code);
    CHECK(written.out.empty());
    CHECK(written.err == printed.err);
    CHECK_FALSE(printed.out.empty());
    CHECK(read_file(workspace / "rows") == printed.out);
    CHECK(files_of(workspace.path(), "rows") == std::vector<std::string>{"rows"});
}

TEST_CASE("status goes into a file, and keeps its exit code", "[cli][output]") {
    SampleWorkspace workspace;
    REQUIRE(workspace.run({"sync", "--from", first_night}).exit_code == 0);
    const Ran json = workspace.run({"status", "--strict", "--output", "status.json"});
    CHECK(json.exit_code == 3);
    CHECK(json.out.empty());
    const std::string text = read_file(workspace / "status.json");
    CHECK(text.starts_with("{\n\"well\": false"));
    CHECK(text.ends_with("\n]\n}\n"));
    CHECK(workspace.run({"status", "--output", "status.txt"}).out.empty());
    CHECK_THAT(read_file(workspace / "status.txt"), ContainsSubstring("\nThe last syncs\n"));
    CHECK(workspace.run({"status", "--output", "status.csv"}).exit_code == 2);
    CHECK_FALSE(fs::exists(workspace / "status.csv"));
}

TEST_CASE("the ending of the file decides the format, unless one is given", "[cli][output]") {
    SampleWorkspace workspace;
    REQUIRE(workspace.run({"sync", "--from", first_night}).exit_code == 0);
    const auto written = [&](const std::string& file, const std::vector<std::string>& more = {}) {
        CHECK(workspace.run(with({"query", "jobs", "--output", file}, more)).exit_code == 0);
        return read_file(workspace / file);
    };
    CHECK(written("jobs.csv").starts_with("organisation,job,job_id,"));
    CHECK(written("Jobs.CSV").starts_with("organisation,job,job_id,"));
    CHECK(written("jobs.json").starts_with("[\n{\"organisation\":"));
    CHECK(written("jobs.ndjson").starts_with("{\"organisation\":"));
    CHECK(written("jobs.md").starts_with("| organisation |"));
    CHECK(written("jobs.txt").starts_with("organisation  job "));
    CHECK(written("jobs").starts_with("organisation  job "));
    CHECK(written("jobs.csv", {"--format", "table"}).starts_with("organisation  job "));
}

TEST_CASE("what fails leaves the old file as it was, and no part of a new one", "[cli][output]") {
    const auto backend = GENERATE(from_range(backends()));
    const Workspace workspace = Workspace::on(backend, "https://gateway.example");
    REQUIRE(workspace.run({"sync", "--from", first_night}).exit_code == 0);
    write_file(workspace / "rows", "the old rows");
    CHECK(workspace.run({"query", "nosuch", "--output", "rows"}).exit_code == 2);
    CHECK(workspace.run({"query", "jobs", "--columns", "nosuch", "--output", "rows"}).exit_code ==
          2);
    CHECK(read_file(workspace / "rows") == "the old rows");
    const std::string full = fmt::format(
        "cd '{}' && ulimit -f 100 && {} query fact_log --format json --output rows 2>err",
        workspace.path().string(), TIDEMARK_PROGRAM);
    const int status = std::system(full.c_str()); // NOLINT(concurrency-mt-unsafe): one thread
    CHECK(WEXITSTATUS(status) == 1);
    CHECK(read_file(workspace / "err") == "tidemark: cannot write 'rows': File too large\n");
    CHECK(read_file(workspace / "rows") == "the old rows");
    CHECK(files_of(workspace.path(), "rows") == std::vector<std::string>{"rows"});
}

TEST_CASE("what is no file to write is refused by --output", "[cli][output]") {
    SampleWorkspace workspace;
    REQUIRE(workspace.run({"sync", "--from", first_night}).exit_code == 0);
    fs::create_directory(workspace / "folder");
    REQUIRE(::mkfifo((workspace / "pipe").c_str(), 0600) == 0);
    const auto said = [&](const std::string& file, int exit_code) {
        const Ran ran = workspace.run({"query", "jobs", "--output", file});
        CHECK(ran.exit_code == exit_code);
        CHECK(ran.out.empty());
        return ran.err;
    };
    CHECK(said("folder", 2) == "tidemark: cannot write 'folder': it is a folder\n");
    CHECK(said("./config.toml", 2) ==
          "tidemark: cannot write './config.toml': it is the configuration\n");
    CHECK(said("tidemark.db", 2) == "tidemark: cannot write 'tidemark.db': it is the warehouse\n");
    CHECK(said("tidemark.db-wal", 2) ==
          "tidemark: cannot write 'tidemark.db-wal': it is the warehouse\n");
    CHECK(said("pipe", 1) == "tidemark: cannot write 'pipe': it is no regular file\n");
    CHECK(said("no/such/file", 1) ==
          "tidemark: cannot write 'no/such/file': No such file or directory\n");
    CHECK(workspace.run({"query", "jobs"}).exit_code == 0);
    const Ran learned = workspace.run({"messages", "--learn", "--output", "rules.toml"});
    CHECK(learned.exit_code == 2);
    CHECK_THAT(learned.err, ContainsSubstring("cannot be given together"));
}

TEST_CASE("a file that another program writes is left to it", "[cli][output]") {
    SampleWorkspace workspace;
    REQUIRE(workspace.run({"migrate"}).exit_code == 0);
    NewFile other(workspace / "rows");
    other.stream() << "rows of the other";
    const Ran ran = workspace.run({"query", "--output", "rows"});
    CHECK(ran.exit_code == 1);
    CHECK(ran.err == "tidemark: cannot write 'rows': another program is writing it\n");
    other.keep();
    CHECK(read_file(workspace / "rows") == "rows of the other");
    // what a killed program left is no obstacle
    write_file(workspace / "rows.new", std::string(100'000, 'x'));
    CHECK(workspace.run({"query", "--output", "rows"}).exit_code == 0);
    CHECK(read_file(workspace / "rows").starts_with("view "));
    CHECK(files_of(workspace.path(), "rows") == std::vector<std::string>{"rows"});
}
