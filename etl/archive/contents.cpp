#include "archive/contents.hpp"

#include "archive/archive_source.hpp"
#include "archive/series.hpp"
#include "error.hpp"
#include "platform/interrupt.hpp"
#include "platform/path_text.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace tidemark {
namespace {

ArchivedJob contents_of(const std::filesystem::path& archive, const Manifest& manifest, Job job) {
    const std::string folder = folder_of(job.id);
    const SeriesIndex index(archive, folder, manifest.of(folder));
    ArchivedJob found{.job = std::move(job),
                      .has_body = !index.blocks().empty(),
                      .executions = static_cast<std::int64_t>(index.executions()),
                      .versions = static_cast<std::int64_t>(index.versions().size()),
                      .fault = index.fault()};
    for (const SeriesIndex::Block& block : index.blocks())
        found.content_bytes += block.head.content_bytes;
    for (const SegmentState& segment : index.segments())
        found.bytes += static_cast<std::int64_t>(segment.bytes);
    found.last_kept_at =
        Timestamp{std::chrono::microseconds{static_cast<std::int64_t>(index.last_body())}};
    return found;
}

} // namespace

std::vector<ArchivedJob> contents_of(const std::filesystem::path& archive) {
    const Manifest manifest = read_manifest(archive);
    const auto source = open_archive_source(archive);
    std::vector<ArchivedJob> jobs;
    JobList listed = source->jobs();
    for (Job& job : listed.entries)
        jobs.push_back(contents_of(archive, manifest, std::move(job)));
    for (Job& job : source->unlisted_jobs()) {
        jobs.push_back(contents_of(archive, manifest, std::move(job)));
        jobs.back().is_listed = false;
    }
    return jobs;
}

namespace {

namespace fs = std::filesystem;

/// Looks at the files of one folder, in order: repetitions point to earlier ones.
class FolderCheck {
public:
    FolderCheck(const fs::path& archive, const Manifest& manifest, BlockCodec& codec)
        : m_archive(archive), m_manifest(manifest), m_codec(codec) {}

    FileCheck check(const std::string& file) {
        FileCheck found{.file = file};
        const auto known = m_manifest.segments.find(file);
        const SegmentState committed =
            known == m_manifest.segments.end() ? SegmentState{.file = file} : known->second;
        const SegmentScan scan =
            scan_segment(m_archive, committed, [&](BlockHead&& head, std::uint64_t frame_at) {
                stop_if_interrupted();
                check(found, head, frame_at);
            });
        found.bytes = static_cast<std::int64_t>(scan.state.bytes);
        if (!scan.fault.empty()) found.faults.push_back(scan.fault);
        if (scan.fault.empty()) found.torn = scan.torn;
        return found;
    }

private:
    void check(FileCheck& found, const BlockHead& head, std::uint64_t frame_at) {
        found.versions += static_cast<std::int64_t>(head.entries.size());
        found.content_bytes += head.content_bytes;
        const auto content =
            m_codec.read(head, read_part(m_archive / found.file, frame_at, head.frame_bytes));
        if (!content) {
            found.faults.push_back(fmt::format(
                "the content at byte {} is not what was written; it holds {} {}", frame_at,
                head.entries.size(),
                head.entries.size() == 1 ? "version, of execution " + first_id(head)
                                         : "versions, the first of execution " + first_id(head)));
        }
        std::size_t at = 0;
        for (const BlockEntry& entry : head.entries) {
            check(found, entry, content, at);
        }
        if (content && at != content->size())
            found.faults.push_back(
                fmt::format("the content at byte {} is longer than its versions", frame_at));
    }

    static std::string first_id(const BlockHead& head) {
        return head.entries.empty() ? "none" : to_text(head.entries.front().id);
    }

    void check(FileCheck& found, const BlockEntry& entry, const std::optional<std::string>& content,
               std::size_t& at) {
        if (is_repetition(entry.kind)) {
            if (m_kept.contains({entry.id, entry.hash})) return;
            found.faults.push_back(
                fmt::format("the bytes of execution {} are not there", to_text(entry.id)));
            return;
        }
        m_kept.insert({entry.id, entry.hash});
        if (content) {
            const std::string_view text = *content;
            const auto json = text.substr(std::min(at, text.size()), entry.bytes);
            if (hash_of(json) != entry.hash)
                found.faults.push_back(
                    fmt::format("execution {} is not what was kept", to_text(entry.id)));
        }
        at += entry.bytes + 1U;
    }

    const fs::path& m_archive;
    const Manifest& m_manifest;
    BlockCodec& m_codec;
    std::set<std::pair<Guid, std::uint64_t>> m_kept;
};

/// As the manifest names a file.
std::string with_slashes(const fs::path& file) {
    std::string name;
    for (const fs::path& part : file)
        name += (name.empty() ? "" : "/") + utf8(part);
    return name;
}

/// By folder: those that the manifest names, and those that are there.
std::map<std::string, std::set<std::string>> files_of(const fs::path& archive,
                                                      const Manifest& manifest) {
    std::map<std::string, std::set<std::string>> files;
    const auto add = [&](const std::string& file) {
        files[file.substr(0, file.rfind('/'))].insert(file);
    };
    for (const auto& [file, state] : manifest.segments)
        add(file);
    std::error_code error;
    for (fs::recursive_directory_iterator entry(archive, error), last; !error && entry != last;
         entry.increment(error)) {
        if (entry->path().extension() == ".zst")
            add(with_slashes(fs::relative(entry->path(), archive, error)));
    }
    return files;
}

} // namespace

std::vector<FileCheck> check_archive(const fs::path& archive) {
    const Manifest manifest = read_manifest(archive);
    BlockCodec codec;
    std::vector<FileCheck> checks;
    for (const auto& [folder, files] : files_of(archive, manifest)) {
        FolderCheck check(archive, manifest, codec);
        for (const std::string& file : files)
            checks.push_back(check.check(file));
    }
    return checks;
}

} // namespace tidemark
