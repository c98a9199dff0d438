#include "archive/archive.hpp"

#include "error.hpp"
#include "platform/interrupt.hpp"
#include "platform/path_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <xxhash.h>

#include <algorithm>
#include <random>
#include <utility>

namespace tidemark {
namespace {

constexpr std::chrono::milliseconds lock_step{100};

std::uint64_t micros(Timestamp moment) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, moment.time_since_epoch().count()));
}

std::unique_ptr<FileLock> wait_for_lock(const std::filesystem::path& folder,
                                        std::chrono::milliseconds wait) {
    std::unique_ptr<FileLock> lock;
    const auto try_once = [&] {
        lock = FileLock::try_lock(folder / archive_lock);
        return lock != nullptr;
    };
    if (poll_until(wait, lock_step, try_once)) return lock;
    throw LeaseHeld(fmt::format("another program writes the archive '{}'; wait for it, then run "
                                "this again",
                                utf8(folder)));
}

std::string drawn_id() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}", random(), random());
}

/// Whether a folder without a manifest holds what an archive would.
bool has_segments(const std::filesystem::path& folder) {
    std::error_code ignored;
    return std::filesystem::exists(folder / "executions", ignored) ||
           std::filesystem::exists(folder / folder_of_lists, ignored);
}

/// An execution without an id is known by its bytes.
Guid guid_of_bytes(std::string_view json) {
    const XXH128_hash_t hash = XXH3_128bits(json.data(), json.size());
    Guid guid;
    for (std::size_t i = 0; i < 8; ++i) {
        guid.bytes[i] = static_cast<std::uint8_t>(hash.low64 >> (8 * i));
        guid.bytes[8 + i] = static_cast<std::uint8_t>(hash.high64 >> (8 * i));
    }
    return guid;
}

std::string mark_of(const Manifest& manifest, const Guid& job) {
    const auto states = manifest.of(folder_of(job));
    if (states.empty()) return manifest.id;
    return fmt::format("{} {} {} {:016x}", manifest.id, states.size(), states.back().blocks,
                       states.back().chain);
}

} // namespace

std::string list_text(std::span<const Job> jobs) {
    std::vector<Job> sorted(jobs.begin(), jobs.end());
    std::sort(sorted.begin(), sorted.end(), [](const Job& a, const Job& b) { return a.id < b.id; });
    auto list = nlohmann::ordered_json::array();
    for (const Job& job : sorted)
        list.push_back({{"Id", to_text(job.id)}, {"Name", job.name}});
    return list.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string stored_mark(const std::filesystem::path& archive, const Guid& job) {
    return has_manifest(archive) ? mark_of(read_manifest(archive), job) : std::string{};
}

namespace {

void require_organisation(const Manifest& manifest, std::string_view organisation,
                          const std::filesystem::path& archive, std::string_view remedy) {
    if (manifest.organisation == organisation) return;
    throw ConfigError(fmt::format("the archive '{}' keeps the organisation '{}', and "
                                  "'source.organisation' is '{}'; {}",
                                  utf8(archive), manifest.organisation, organisation, remedy));
}

} // namespace

void require_organisation(const std::filesystem::path& archive, std::string_view organisation) {
    require_organisation(read_manifest(archive), organisation, archive,
                         "read it with the configuration of its own organisation");
}

Archive::Archive(std::filesystem::path folder, const std::string& organisation,
                 std::chrono::milliseconds wait)
    : m_folder(std::move(folder)) {
    create_private_folder(m_folder);
    m_lock = wait_for_lock(m_folder, wait);
    m_is_new = !has_manifest(m_folder);
    if (m_is_new) {
        if (has_segments(m_folder))
            throw Error(damaged(m_folder, "manifest.json", "it is not there"));
        write_manifest(m_folder, {.id = drawn_id(), .organisation = organisation});
    }
    m_manifest = read_manifest(m_folder);
    m_committed = m_manifest;
    require_organisation(m_manifest, organisation, m_folder, "give each its own 'archive.dir'");
}

Archive::~Archive() {
    try {
        commit();
    } catch (const std::exception&) {
        // the next program that writes finds what the manifest does not tell of
    }
}

void Archive::keep_jobs(std::span<const Job> jobs, Timestamp now, Arrival arrival) {
    SeriesWriter writer({m_folder, folder_of_lists, m_manifest.of(folder_of_lists)}, m_codec,
                        micros(now), segment_bytes);
    writer.keep({}, list_text(jobs), arrival);
    writer.end(true);
    for (const SegmentState& state : writer.index().segments())
        m_manifest.segments[state.file] = state;
}

std::string Archive::mark(const Guid& job) const { return mark_of(m_manifest, job); }

void Archive::commit() {
    if (m_manifest == m_committed) return;
    write_manifest(m_folder, m_manifest);
    m_committed = m_manifest;
}

ArchivedBody::ArchivedBody(Archive& archive, const Guid& job, Timestamp now)
    : m_archive(archive),
      m_job(job),
      m_writer({archive.m_folder, folder_of(job), archive.m_manifest.of(folder_of(job))},
               archive.m_codec, micros(now), archive.segment_bytes) {
    record_segments();
}

void ArchivedBody::keep(const std::optional<Guid>& id, std::string_view json, Arrival arrival) {
    m_writer.keep(id ? *id : guid_of_bytes(json), json, arrival);
}

void ArchivedBody::flush() {
    m_writer.flush();
    record_segments();
}

std::string ArchivedBody::end(bool whole) {
    m_writer.end(whole);
    record_segments();
    return m_archive.mark(m_job);
}

/// Tells the archive how far the job's files go.
void ArchivedBody::record_segments() {
    for (const SegmentState& state : m_writer.index().segments())
        m_archive.m_manifest.segments[state.file] = state;
}

template <typename Work> void BodyKeeper::attempt(Work work) {
    if (m_problem) return;
    try {
        work();
    } catch (const Interrupted&) {
        throw;
    } catch (const std::exception& error) {
        m_problem = error.what();
        m_body.reset();
    }
}

BodyKeeper::BodyKeeper(Archive& archive, const Guid& job, Timestamp now) {
    attempt([&] { m_body.emplace(archive, job, now); });
}

void BodyKeeper::keep(const std::optional<Guid>& id, std::string_view json) {
    attempt([&] { m_body->keep(id, json); });
}

bool BodyKeeper::flush() {
    attempt([&] { m_body->flush(); });
    return !m_problem;
}

std::optional<std::string> BodyKeeper::end(bool whole) {
    std::optional<std::string> mark;
    attempt([&] { mark = m_body->end(whole); });
    return mark;
}

} // namespace tidemark
