#include "support/neutral_rows.hpp"
#include "torture/accidents.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <fstream>
#include <optional>

namespace tidemark::torture {
namespace {

namespace fs = std::filesystem;
using test::Workspace;

constexpr const char* disk_size = "size=96m";

/// A small file system in memory, which can be filled and forbidden.
class SmallDisk {
public:
    SmallDisk()
        : m_mounted(::mount("tmpfs", m_folder.path().c_str(), "tmpfs", 0, disk_size) == 0) {}
    ~SmallDisk() {
        if (m_mounted) ::umount2(m_folder.path().c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    [[nodiscard]] bool mounted() const { return m_mounted; }
    [[nodiscard]] const fs::path& path() const { return m_folder.path(); }

    /// Leaves so many bytes.
    void fill(std::uint64_t left) const {
        std::ofstream ballast(m_folder / "ballast", std::ios::binary);
        const std::string block(64U << 10U, '\0');
        while (free_bytes() > left + block.size() && ballast.write(block.data(), std::ssize(block)))
            ballast.flush();
    }
    void free() const { fs::remove(m_folder / "ballast"); }

    void allow_writing(bool allowed) const {
        ::mount("tmpfs", m_folder.path().c_str(), "tmpfs",
                MS_REMOUNT | (allowed ? 0UL : static_cast<unsigned long>(MS_RDONLY)), disk_size);
    }

    [[nodiscard]] std::uint64_t free_bytes() const {
        struct statvfs state {};
        ::statvfs(m_folder.path().c_str(), &state);
        return std::uint64_t{state.f_bavail} * state.f_frsize;
    }

private:
    test::TemporaryFolder m_folder;
    bool m_mounted;
};

/// Runs the work, which should fail as the warehouse's fault.
void run_with_full_disk(Tally& tally, const Baseline& baseline, const Workspace& workspace) {
    const test::Ran ran = workspace.run(baseline.words());
    tally.struck += ran.exit_code == 1 ? 1 : 0;
    if (ran.exit_code > 1) tally.remarks.push_back(ran.err);
}

Tally not_tried(Tally tally) {
    tally.remarks.emplace_back("not tried: no right to mount a file system here");
    return tally;
}

/// Makes a tablespace of the disk, which only who runs the server may write to.
std::string tablespace_on(const SmallDisk& disk, const test::PostgresServer& server) {
    const auto folder = disk.path() / "space";
    fs::create_directory(folder);
    fs::permissions(disk.path(), fs::perms::others_read | fs::perms::others_exec,
                    fs::perm_options::add);
    if (const passwd* owner = getpwnam("postgres"); owner != nullptr && geteuid() == 0) {
        if (::chown(folder.c_str(), owner->pw_uid, owner->pw_gid) != 0)
            throw std::runtime_error("cannot give a folder to 'postgres'");
    }
    test::run_sql_alone("CREATE TABLESPACE small LOCATION '" + folder.string() + "'", server);
    return "small";
}

/// What the work takes on a disk.
std::uint64_t bytes_of_work(Baseline& baseline, const SmallDisk& disk, const std::string& place) {
    const Workspace workspace = baseline.begin(place);
    const auto before = disk.free_bytes();
    workspace.run(baseline.words());
    return before - disk.free_bytes();
}

} // namespace

Tally fill_disk(Baseline& baseline, test::PostgresServer* server, int rounds, Random& random) {
    Tally tally = tally_of(baseline, "disk full");
    const SmallDisk disk;
    if (!disk.mounted()) return not_tried(std::move(tally));
    const std::string place =
        server == nullptr ? disk.path().string() : tablespace_on(disk, *server);
    baseline.set_clock();
    const auto needed = bytes_of_work(baseline, disk, place);
    std::uniform_int_distribution<std::uint64_t> any_part(0, needed);
    for (int round = 0; round < rounds; ++round) {
        const Workspace workspace = baseline.begin(place);
        disk.fill(any_part(random));
        run_with_full_disk(tally, baseline, workspace);
        disk.free();
        recover(tally, baseline, workspace);
    }
    if (server != nullptr) baseline.drop_tablespace(place);
    return tally;
}

Tally forbid_writing(Baseline& baseline, int rounds) {
    Tally tally = tally_of(baseline, "file system read-only");
    const SmallDisk disk;
    if (!disk.mounted()) return not_tried(std::move(tally));
    baseline.set_clock();
    for (int round = 0; round < rounds; ++round) {
        const Workspace workspace = baseline.begin(disk.path().string());
        disk.allow_writing(false);
        run_with_full_disk(tally, baseline, workspace);
        disk.allow_writing(true);
        recover(tally, baseline, workspace);
    }
    return tally;
}

} // namespace tidemark::torture
