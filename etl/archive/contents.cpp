#include "archive/contents.hpp"

#include "archive/archive_source.hpp"
#include "archive/series.hpp"

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

} // namespace tidemark
