#include "archive/archived_world.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <csignal>

using namespace tidemark;
using namespace tidemark::test;

namespace fs = std::filesystem;

namespace {

/// No file of this process grows beyond so many bytes: as a disk that is full.
class FileLimit {
public:
    explicit FileLimit(std::uint64_t bytes) : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit now{.rlim_cur = bytes, .rlim_max = m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &now);
    }
    ~FileLimit() {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FileLimit(const FileLimit&) = delete;
    FileLimit& operator=(const FileLimit&) = delete;

private:
    rlimit m_before{};
    void (*m_handler)(int);
};

/// Executions of 40 kB, the newest first: enough for a transfer to be stopped.
std::vector<BodyExecution> large_days(int last) {
    std::vector<BodyExecution> executions;
    for (int day = last; day >= 1; --day) {
        executions.push_back(ended(static_cast<unsigned>(day), fmt::format("2026-09-{:02}", day)));
        executions.back().messages = {std::string(40'000, 'x')};
    }
    return executions;
}

} // namespace

TEST_CASE("an archive that lacks what the warehouse has gets it, though nothing is new",
          "[archive]") {
    OneJob world(large_days(20));
    world.source.chunk_bytes = 4096;
    world.config.sync.lookback = std::chrono::days{2};
    const auto total = world.source.bodies[numbered(1)].size();
    const auto read_by = [&world] { return static_cast<std::size_t>(world.sync().counts.bytes); };
    SECTION("because it is new") {
        world.sync();
        keep_archive(world);
    }
    SECTION("because it was switched off for some nights") {
        keep_archive(world);
        world.set(large_days(10));
        world.sync();
        world.config.archive = {};
        world.set(large_days(20));
        world.sync();
        keep_archive(world);
    }
    SECTION("because an earlier copy of it was put back") {
        keep_archive(world);
        world.set(large_days(10));
        world.sync();
        fs::copy(archive_in(world), world.config.warehouse.base / "copy",
                 fs::copy_options::recursive);
        world.set(large_days(20));
        world.sync();
        fs::remove_all(archive_in(world));
        fs::rename(world.config.warehouse.base / "copy", archive_in(world));
        CHECK(executions_in(archive_in(world)) == 10);
    }
    CHECK(read_by() == total);
    CHECK(executions_in(archive_in(world)) == 20);
    CHECK(read_by() < total / 2); // from now on transfers are stopped again
    CHECK(read_by() < total / 2);
    CHECK(executions_in(archive_in(world)) == 20);
}

TEST_CASE("a body that the source calls unchanged is read for an archive that lacks it",
          "[archive]") {
    OneJob world({ended(1, "2026-10-01")});
    world.source.versions[numbered(1)] = {"\"v1\"", ""};
    world.sync();
    keep_archive(world);
    CHECK(world.sync().jobs[0].reading == BodyReading::whole);
    CHECK(world.sync().jobs[0].reading == BodyReading::unchanged);
    CHECK(executions_in(archive_in(world)) == 1);
}

TEST_CASE("a full disk costs the archive, not the sync, and the next one makes up for it",
          "[archive]") {
    OneJob world({ended(1, "2026-10-01"), ended(2, "2026-10-02")});
    keep_archive(world);
    { const Archive made(archive_in(world), "default", {}); }
    const fs::path file = archive_in(world) / folder_of(numbered(1)) / "000001.zst";
    fs::create_directories(file.parent_path());
    fs::create_symlink("/dev/full", file);
    const SyncReport report = world.sync();
    CHECK(report.outcome == SyncOutcome::partial);
    CHECK_THAT(report.archive_problem.value_or(""), ContainsSubstring("No space left on device"));
    CHECK(report.unarchived_jobs == 1);
    CHECK(world.rows("execution").size() == 2);
    CHECK_FALSE(world.rows("sync_run").back().text("error").empty());
    fs::remove(file);
    CHECK(world.sync().outcome == SyncOutcome::succeeded);
    CHECK(executions_in(archive_in(world)) == 2);
    CHECK(faults_in(archive_in(world)).empty());
}

TEST_CASE("what could not be archived is read again, however old and settled it is", "[archive]") {
    OneJob world({}, "postgres"); // whose files the limit does not touch
    world.source.chunk_bytes = 4096;
    world.config.sync.lookback = std::chrono::days{2};
    keep_archive(world);
    auto days = large_days(20);
    BodyExecution& oldest = days.back();
    oldest.ended = "";
    oldest.state = 0;
    world.set({days.begin() + 1, days.end()});
    world.sync();
    const fs::path file = archive_in(world) / folder_of(numbered(1)) / "000001.zst";
    oldest = large_days(1).back();
    world.set(days);
    const std::string whole = world.source.bodies[numbered(1)];
    const bool is_off = GENERATE(false, true); // or else the disk is full
    const bool breaks_off = GENERATE(false, true);
    CAPTURE(is_off, breaks_off);
    if (breaks_off) world.source.bodies[numbered(1)].resize(whole.size() - 1);
    if (is_off) {
        world.config.archive = {};
        CHECK_FALSE(world.sync().archive_problem);
        keep_archive(world);
    } else {
        const FileLimit limit(fs::file_size(file) + 100);
        const SyncReport report = world.sync();
        CHECK(report.outcome != SyncOutcome::succeeded);
        CHECK_THAT(report.archive_problem.value_or(""), ContainsSubstring("File too large"));
    }
    CHECK(world.rows("execution").size() == 20);
    CHECK(executions_in(archive_in(world)) == 19);
    world.source.bodies[numbered(1)] = whole;
    CHECK(world.sync().counts.bytes == static_cast<std::int64_t>(whole.size()));
    CHECK(executions_in(archive_in(world)) == 20);
    CHECK(contents_of(archive_in(world)).at(0).versions == 21);
    CHECK(faults_in(archive_in(world)).empty());
}

// The watermark says from where on the archive is known to have everything. A body that breaks off
// moves no watermark, so what was stored of it has to take that back.
TEST_CASE(
    "an old execution that was stored and not archived is read again, though its body broke off",
    "[archive]") {
    OneJob world({}, "postgres"); // whose files the limit does not touch
    world.source.chunk_bytes = 4096;
    world.config.sync.lookback = std::chrono::days{2};
    world.config.sync.abandoned_after = std::chrono::days{5};
    keep_archive(world);
    auto days = large_days(20);
    const BodyExecution ended_late = days.back();
    days.back().ended = "";
    days.back().state = 0;
    world.set(days);
    world.sync(); // abandoned: it no longer holds the watermark, so transfers are stopped before it
    const std::string before = world.source.bodies[numbered(1)];
    CHECK(world.sync().counts.bytes < static_cast<std::int64_t>(before.size()) / 2);
    days.back() = ended_late;
    world.set(days);
    const std::string whole = world.source.bodies[numbered(1)];
    world.source.bodies[numbered(1)].resize(whole.size() - 1);
    SECTION("as there was no archive for a night") {
        world.config.archive = {};
        CHECK(failed_jobs(world.sync({.full = true})) == 1);
        keep_archive(world);
    }
    SECTION("as the disk was full") {
        const FileLimit limit(
            fs::file_size(archive_in(world) / folder_of(numbered(1)) / "000001.zst") + 100);
        const SyncReport report = world.sync({.full = true});
        CHECK(failed_jobs(report) == 1);
        CHECK(report.archive_problem);
    }
    for (const Row& row : world.rows("execution"))
        CHECK(row.text("state") == "completed");
    CHECK(contents_of(archive_in(world)).at(0).versions == 20);
    world.source.bodies[numbered(1)] = whole;
    CHECK(world.sync().counts.bytes == static_cast<std::int64_t>(whole.size()));
    CHECK(contents_of(archive_in(world)).at(0).versions == 21);
    CHECK(world.sync().counts.bytes < static_cast<std::int64_t>(whole.size()) / 2);
}

TEST_CASE("without an archive, what was stored anew leaves an unchanged body unchanged",
          "[archive]") {
    OneJob world({ended(1, "2026-10-01")});
    world.source.versions[numbered(1)] = {"\"v1\"", ""};
    world.sync();
    BodyExecution other = ended(1, "2026-10-01");
    other.messages.push_back("told late");
    world.set({other}); // and the source gives it no new version
    CHECK(world.sync({.full = true}).counts.executions_changed == 1);
    CHECK(world.sync().jobs[0].reading == BodyReading::unchanged);
}

TEST_CASE("a damaged file stops its job's archive alone", "[archive]") {
    OneJob world({ended(1, "2026-10-01")});
    world.source.listed.push_back({numbered(2), "Other"});
    world.source.bodies[numbered(2)] = body_of({ended(7, "2026-10-02", 2)});
    keep_archive(world);
    world.sync();
    fs::remove(archive_in(world) / folder_of(numbered(1)) / "000001.zst");
    world.set({ended(1, "2026-10-01"), ended(3, "2026-10-03")});
    world.source.bodies[numbered(2)] =
        body_of({ended(7, "2026-10-02", 2), ended(8, "2026-10-03", 2)});
    const SyncReport report = world.sync();
    CHECK(report.outcome == SyncOutcome::partial);
    CHECK_THAT(report.archive_problem.value_or(""), ContainsSubstring("restore this file"));
    CHECK(report.unarchived_jobs == 1);
    CHECK(world.rows("execution").size() == 4);
    const auto versions = contents_of(archive_in(world));
    CHECK(versions.at(1).executions == 2);
}
