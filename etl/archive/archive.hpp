#pragma once

#include "archive/series.hpp"
#include "model/job.hpp"
#include "model/time.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

class Archive;

/// What an archive keeps of one body of a job. Whatever throws leaves it of no more use; the
/// archive is whole all the same.
class ArchivedBody {
public:
    ArchivedBody(Archive& archive, const Guid& job, Timestamp now);

    /// An execution as it arrived; without an id it is known by its bytes.
    void keep(const std::optional<Guid>& id, std::string_view json,
              Arrival arrival = Arrival::synced);

    /// What was kept is on the disk when it returns. Throws Error.
    void flush();

    /// As `SeriesWriter::end`. Returns the job's mark, as `Archive::mark`. Throws Error.
    std::string end(bool whole);

    [[nodiscard]] std::int64_t added() const { return m_writer.added(); }

private:
    void record_segments();

    Archive& m_archive;
    Guid m_job;
    SeriesWriter m_writer;
};

/// A folder that keeps executions as they arrived. One program at a time writes it.
class Archive {
public:
    /// Creates it where there is none. Waits for another program to end. Throws LeaseHeld when that
    /// does not, ConfigError when it is another organisation's, Error when it is damaged or cannot
    /// be written.
    Archive(std::filesystem::path folder, const std::string& organisation,
            std::chrono::milliseconds wait);

    /// Commits, if that can be done; what is in the files is found without it.
    ~Archive();
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;

    /// Keeps the list of jobs where it differs from the last one. Throws Error.
    void keep_jobs(std::span<const Job> jobs, Timestamp now, Arrival arrival = Arrival::synced);

    /// Says how far the archive of a job goes: it is another one after each change, in another
    /// archive, and in a copy of this one that was made earlier.
    [[nodiscard]] std::string mark(const Guid& job) const;

    /// Writes the manifest, if anything changed. Throws Error.
    void commit();

    /// Files are begun anew when they are as large as this; for tests.
    std::uint64_t segment_bytes = 128ULL << 20U;

private:
    friend class ArchivedBody;

    std::filesystem::path m_folder;
    std::unique_ptr<FileLock> m_lock;
    Manifest m_manifest;
    Manifest m_committed;
    BlockCodec m_codec;
};

/// The name of the file in an archive that its writer locks.
inline constexpr std::string_view archive_lock = "lock";

/// The list of jobs as an archive keeps it: `[{"Id":…,"Name":…}]`, in the order of ids.
std::string list_text(std::span<const Job> jobs);

/// `Archive::mark` of an archive that is not written now; empty where there is none.
std::string stored_mark(const std::filesystem::path& archive, const Guid& job);

} // namespace tidemark
