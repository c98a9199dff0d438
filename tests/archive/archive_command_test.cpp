#include "archive/kept.hpp"
#include "config/config.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/neutral_rows.hpp"
#include "support/sample_workspace.hpp"

#include <fmt/format.h>

#include <csignal>
#include <regex>
#include <thread>

using namespace tidemark;
using namespace tidemark::test;

namespace fs = std::filesystem;

namespace {

const std::string with_archive = "\n[archive]\ndir = \"archive\"\n";

std::vector<std::string> rows_of(const fs::path& folder) {
    WarehouseConfig warehouse;
    warehouse.base = folder;
    return neutral_rows(*open_warehouse(warehouse, OpenMode::read_only));
}

/// A folder of saved bodies of some megabytes.
void save_bodies(const fs::path& folder, unsigned jobs, unsigned executions) {
    fs::create_directories(folder / "logs");
    std::vector<Job> listed;
    for (unsigned job = 1; job <= jobs; ++job) {
        listed.push_back({numbered(job), fmt::format("Job {}", job)});
        std::vector<BodyExecution> runs;
        for (unsigned i = 0; i < executions; ++i) {
            const std::string day = fmt::format("2026-{:02}-{:02}", 1 + i / 28, 1 + i % 28);
            runs.push_back({.id = job * 1000 + i,
                            .job = job,
                            .created = day + "T03:00:00",
                            .ended = day + "T03:10:00",
                            .messages = std::vector<std::string>(20, std::string(200, 'x'))});
        }
        write_file(folder / "logs" / (to_text(numbered(job)) + ".json"), body_of(runs));
    }
    write_file(folder / "jobs.json", list_text(listed));
}

} // namespace

TEST_CASE("archive shows what each job's history takes, and verify proves it whole", "[archive]") {
    SampleWorkspace workspace;
    workspace.configure(with_archive);
    CHECK(workspace.run({"sync", "--from", samples + "night1"}).exit_code == 0);
    const Ran shown = workspace.run({"archive"}, "");
    CHECK(shown.exit_code == 0);
    CHECK(shown.err.empty());
    CHECK_THAT(shown.out, ContainsSubstring("Nightly load 2") && ContainsSubstring("versions"));
    const Ran sound = workspace.run({"archive", "verify"}, "");
    CHECK(sound.exit_code == 0);
    CHECK_THAT(sound.out, !ContainsSubstring("damaged"));

    for (const auto& entry : fs::recursive_directory_iterator(workspace / "archive/executions")) {
        if (!entry.is_regular_file()) continue;
        std::string bytes = read_file(entry.path());
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
        write_file(entry.path(), bytes);
        const Ran damaged = workspace.run({"archive", "verify"}, "");
        CHECK(damaged.exit_code == 3);
        CHECK_THAT(damaged.out,
                   ContainsSubstring(fs::relative(entry.path(), workspace / "archive").string()) &&
                       ContainsSubstring("damaged"));
        break;
    }
}

TEST_CASE("an archive that begins is told, so that a missing disk is seen", "[archive]") {
    SampleWorkspace workspace;
    workspace.configure(with_archive);
    const auto sync = [&](const std::string& night) {
        const Ran synced = workspace.run({"sync", "--from", samples + night});
        CHECK(synced.exit_code == 0);
        return synced.err;
    };
    const std::string told = "a new archive begins in 'archive.dir'";
    CHECK_THAT(sync("night1"), ContainsSubstring(told));
    CHECK_THAT(sync("night2"), !ContainsSubstring(told));
    fs::rename(workspace / "archive", workspace / "unmounted");
    fs::create_directory(workspace / "archive");
    CHECK_THAT(sync("night2"), ContainsSubstring(told));
    CHECK_THAT(sync("night2"), !ContainsSubstring(told));
}

TEST_CASE("saved bodies are imported without a warehouse, and make one", "[archive]") {
    SampleWorkspace workspace;
    workspace.configure(with_archive);
    for (const std::string night : {"night1", "night2"}) {
        const Ran ran = workspace.run({"archive", "import", samples + night}, "");
        CHECK(ran.exit_code == 0);
        CHECK_THAT(ran.out, ContainsSubstring("kept"));
    }
    CHECK_FALSE(fs::exists(workspace / "tidemark.db"));
    CHECK(workspace.run({"sync", "--from-archive", "archive"}, "").exit_code == 0);
    SampleWorkspace other;
    for (const std::string night : {"night1", "night2"})
        other.run({"sync", "--from", samples + night});
    auto imported = rows_of(workspace.path());
    auto nights = rows_of(other.path());
    for (auto* rows : {&imported, &nights}) {
        for (std::string& row : *rows) // how far back the last body went
            row = std::regex_replace(row, std::regex(" oldest_available_at=\\S+ \\S+"), "");
    }
    CHECK(imported == nights);
}

TEST_CASE("what cannot be imported is told, and the rest is kept", "[archive]") {
    SampleWorkspace workspace;
    fs::copy(samples + "night1", workspace / "bodies", fs::copy_options::recursive);
    for (const auto& file : fs::directory_iterator(workspace / "bodies/logs")) {
        write_file(file.path(), "{}");
        break;
    }
    const Ran ran = workspace.run({"archive", "import", "bodies", "--dir", "kept"}, "");
    CHECK(ran.exit_code == 3);
    CHECK_THAT(ran.out, ContainsSubstring("the body is no array"));
    CHECK(workspace.run({"archive", "verify", "--dir", "kept"}, "").exit_code == 0);
}

TEST_CASE("archive says what it was not given", "[archive]") {
    SampleWorkspace workspace;
    const auto error_of = [&](std::vector<std::string> arguments) {
        const Ran ran = workspace.run(arguments, "");
        return fmt::format("{} {}", ran.exit_code, ran.err);
    };
    CHECK_THAT(error_of({"archive"}), ContainsSubstring("2 tidemark: there is no 'archive.dir'"));
    CHECK_THAT(error_of({"archive", "verfy", "--dir", "x"}),
               ContainsSubstring("2 ") && ContainsSubstring("did you mean 'verify'"));
    CHECK_THAT(error_of({"archive", "import", "--dir", "x"}), ContainsSubstring("2 "));
    CHECK_THAT(error_of({"archive", "verify", "y", "--dir", "x"}),
               ContainsSubstring("2 tidemark: 'y' is one argument too many"));
    CHECK_THAT(error_of({"archive", "verify", "--dir", "x"}),
               ContainsSubstring("1 tidemark: there is no archive in 'x'"));
    CHECK_THAT(error_of({"sync", "--from-archive", "x"}),
               ContainsSubstring("1 tidemark: there is no archive in 'x'"));
    CHECK_THAT(error_of({"sync", "--from-archive", "x", "--from", "y"}), ContainsSubstring("2 "));
    CHECK_FALSE(fs::exists(workspace / "x"));
}

TEST_CASE("a sync waits for the archive as for the warehouse, and says so with exit 4",
          "[archive]") {
    SampleWorkspace workspace;
    workspace.configure(with_archive);
    const Archive held(workspace / "archive", "default", {});
    const Ran ran = workspace.run({"sync", "--from", samples + "night1"});
    CHECK(ran.exit_code == 4);
    CHECK_THAT(ran.err, ContainsSubstring("another program writes the archive"));
}

TEST_CASE("killed at any moment, a sync leaves an archive that is whole and lacks nothing",
          "[archive]") {
    SampleWorkspace workspace;
    workspace.configure(with_archive);
    save_bodies(workspace / "bodies", 3, 100);
    int killed = 0;
    for (int milliseconds = 20; milliseconds < 800; milliseconds += 60) {
        RunningTidemark sync(workspace.path(), {"sync", "--from", "bodies"});
        std::this_thread::sleep_for(std::chrono::milliseconds{milliseconds});
        killed += sync.signal(SIGKILL) ? 1 : 0;
        sync.wait();
        if (!fs::exists(workspace / "archive/manifest.json")) continue;
        for (const FileCheck& file : check_archive(workspace / "archive"))
            REQUIRE(file.faults == std::vector<std::string>{});
    }
    CHECK(killed > 0);
    REQUIRE(workspace.run({"sync", "--from", "bodies"}).exit_code == 0);
    SampleWorkspace rebuilt;
    REQUIRE(rebuilt.run({"sync", "--from-archive", (workspace / "archive").string()}).exit_code ==
            0);
    SampleWorkspace undisturbed;
    fs::rename(workspace / "bodies", undisturbed / "bodies");
    REQUIRE(undisturbed.run({"sync", "--from", "bodies"}).exit_code == 0);
    const auto differ = difference(rows_of(undisturbed.path()), rows_of(rebuilt.path()));
    CHECK(differ.none());
    CHECK(rows_of(rebuilt.path()).size() > 6000);
}

TEST_CASE("an archive of another organisation is not loaded", "[archive]") {
    SampleWorkspace workspace;
    workspace.configure(with_archive);
    REQUIRE(workspace.run({"sync", "--from", samples + "night1"}).exit_code == 0);
    const auto before = rows_of(workspace.path());
    std::string other = sample_config("https://gateway.example");
    const std::string ours = "organisation = \"default\"";
    other.replace(other.find(ours), ours.size(), "organisation = \"Other\"");
    write_file(workspace.path() / "config.toml", other);
    const Ran ran = workspace.run({"sync", "--from-archive", "archive"});
    CHECK(ran.exit_code == 2);
    CHECK_THAT(ran.err, ContainsSubstring("keeps the organisation 'default'"));
    CHECK(rows_of(workspace.path()) == before);
}
