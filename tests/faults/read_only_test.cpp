#include "error.hpp"
#include "support/catch.hpp"
#include "support/sync_world.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>

using namespace tidemark;
using namespace tidemark::test;
namespace fs = std::filesystem;

namespace {

constexpr fs::perms may_read =
    fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
constexpr fs::perms may_enter =
    may_read | fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;

/// What it throws, done by a user who is not root: a process of its own, because root may do all.
std::string error_of_a_user(const std::function<void()>& work) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    if (child == 0) {
        constexpr unsigned nobody = 65534;
        if (geteuid() == 0 && (setgid(nobody) != 0 || setuid(nobody) != 0)) _exit(1);
        std::string error = "nothing was thrown";
        try {
            work();
        } catch (const std::exception& thrown) {
            error = thrown.what();
        }
        [[maybe_unused]] const auto written = write(ends[1], error.data(), error.size());
        _exit(0);
    }
    close(ends[1]);
    std::string error(4096, '\0');
    const auto size = read(ends[0], error.data(), error.size());
    close(ends[0]);
    waitpid(child, nullptr, 0);
    error.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return error;
}

/// A SQLite warehouse that holds the first night of the samples.
struct LoadedNight : SyncWorld {
    LoadedNight() {
        source = sample_night("night1");
        sync();
        rows = dump("execution");
        source = sample_night("night2");
        fs::permissions(folder(), fs::perms::all);
    }
    [[nodiscard]] fs::path folder() const { return config.warehouse.base; }
    [[nodiscard]] fs::path file() const { return folder() / "tidemark.db"; }
    std::vector<std::string> rows;
};

} // namespace

TEST_CASE("a SQLite file that may only be read is left alone, and that is said", "[faults]") {
    LoadedNight world;
    fs::permissions(world.file(), may_read);
    CHECK_THAT(error_of_a_user([&] { world.sync(); }),
               ContainsSubstring("attempt to write a readonly database; allow this user to write"));
    CHECK(world.dump("execution") == world.rows);
    fs::permissions(world.file(), fs::perms::all);
    CHECK(world.sync().outcome != SyncOutcome::failed);
    CHECK(world.dump("execution") != world.rows);
}

TEST_CASE("a folder that may only be read is named", "[faults]") {
    LoadedNight world;
    fs::permissions(world.folder(), may_enter);
    CHECK_THAT(error_of_a_user([&] { world.sync(); }),
               ContainsSubstring("allow this user to write to the file and its folder"));
    CHECK(world.dump("execution") == world.rows);
}

TEST_CASE("who may write neither the file nor its folder can read it all", "[faults]") {
    LoadedNight world;
    const std::string meanwhile =
        GENERATE(as<std::string>(), "nobody has it open", "a sync has it open", "its log is gone");
    CAPTURE(meanwhile);
    const auto holder =
        meanwhile == "a sync has it open" ? world.open(OpenMode::existing) : nullptr;
    const auto lease = holder ? holder->lease(std::chrono::milliseconds{0}) : nullptr;
    if (meanwhile == "its log is gone") {
        fs::remove(world.file().string() + "-wal");
        fs::remove(world.file().string() + "-shm");
    }
    fs::permissions(world.file(), may_read);
    fs::permissions(world.folder(), may_enter);
    CHECK(error_of_a_user([&] {
              if (world.dump("execution") != world.rows) throw Error("other rows");
              if (world.dump("last_successful_load").empty()) throw Error("no rows");
          }) == "nothing was thrown");
    fs::permissions(world.folder(), fs::perms::all);
}
