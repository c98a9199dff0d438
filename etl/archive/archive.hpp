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

/// The part of an archive that receives one body of a job. After an exception this object must not
/// be used again; the archive stays intact.
class ArchivedBody {
public:
    ArchivedBody(Archive& archive, const Guid& job, Timestamp now);

    /// Keeps an execution unchanged. Without an id it is identified by its bytes.
    void keep(const std::optional<Guid>& id, std::string_view json,
              Arrival arrival = Arrival::synced);

    /// Returns when everything kept so far is on the disk. Throws Error.
    void flush();

    /// Like `SeriesWriter::end`. Returns the job's mark, see `Archive::mark`. Throws Error.
    std::string end(bool whole);

    [[nodiscard]] std::int64_t added() const { return m_writer.added(); }

private:
    void record_segments();

    Archive& m_archive;
    Guid m_job;
    SeriesWriter m_writer;
};

/// Throws ConfigError when the archive keeps another organisation, Error when there is none.
void require_organisation(const std::filesystem::path& archive, std::string_view organisation);

/// A folder that keeps executions unchanged. Only one program at a time writes to it.
class Archive {
public:
    /// Opens the archive, or creates it. Waits for at most `wait` for another program to end.
    /// Throws LeaseHeld when that does not end, ConfigError when the archive belongs to another
    /// organisation, Error when it is damaged or cannot be written.
    Archive(std::filesystem::path folder, const std::string& organisation,
            std::chrono::milliseconds wait);

    /// Commits and ignores errors: without the manifest the content of the files is still found.
    ~Archive();
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;

    /// Whether the folder held no archive when this was opened.
    [[nodiscard]] bool is_new() const { return m_is_new; }

    /// Keeps the list of jobs when it differs from the last one. Throws Error.
    void keep_jobs(std::span<const Job> jobs, Timestamp now, Arrival arrival = Arrival::synced);

    /// Identifies the state of a job in this archive. The mark differs after each change, in
    /// another archive, and in an earlier copy of this archive.
    [[nodiscard]] std::string mark(const Guid& job) const;

    /// Writes the manifest, if anything changed. Throws Error.
    void commit();

    /// A new file begins when a file has reached this size. Tests change it.
    std::uint64_t segment_bytes = 128ULL << 20U;

private:
    friend class ArchivedBody;

    std::filesystem::path m_folder;
    std::unique_ptr<FileLock> m_lock;
    bool m_is_new = false;
    Manifest m_manifest;
    Manifest m_committed;
    BlockCodec m_codec;
};

/// The list of jobs as an archive keeps it: `[{"Id":…,"Name":…}]`, in the order of ids.
std::string list_text(std::span<const Job> jobs);

/// Reads `Archive::mark` without opening the archive for writing; empty when there is no archive.
std::string stored_mark(const std::filesystem::path& archive, const Guid& job);

/// Keeps the executions of one body in the archive before they are stored in the warehouse. A
/// failure is recorded and does not stop the sync: the rows are stored nevertheless.
class BodyKeeper {
public:
    /// The functions have the meaning of those in ArchivedBody, but throw only Interrupted.
    BodyKeeper(Archive& archive, const Guid& job, Timestamp now);
    void keep(const std::optional<Guid>& id, std::string_view json);

    /// Returns whether everything so far is on the disk.
    bool flush();

    /// Returns the job's mark, or nullopt when something could not be kept.
    std::optional<std::string> end(bool whole);

    /// Why something could not be kept.
    [[nodiscard]] const std::optional<std::string>& problem() const { return m_problem; }

private:
    template <typename Work> void attempt(Work work);

    std::optional<ArchivedBody> m_body; ///< none once it failed
    std::optional<std::string> m_problem;
};

} // namespace tidemark
