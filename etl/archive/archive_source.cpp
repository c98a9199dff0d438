#include "archive/archive_source.hpp"

#include "archive/archive.hpp"
#include "archive/reading_plan.hpp"
#include "error.hpp"
#include "parse/job_parser.hpp"
#include "platform/interrupt.hpp"
#include "platform/path_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace tidemark {
namespace {

class ArchiveSource : public Source {
public:
    explicit ArchiveSource(std::filesystem::path archive)
        : m_archive(std::move(archive)), m_manifest(read_manifest(m_archive)) {
        read_lists();
    }

    JobList jobs() override { return m_listed; }

    std::vector<Job> unlisted_jobs() override { return m_unlisted; }

    [[nodiscard]] std::optional<Timestamp> as_of() const override { return m_listed_at; }

    JobStatusList statuses() override { return {}; }

    void read_logs(std::span<const Job> jobs, LogReader& reader) override {
        for (const Job& job : jobs) {
            stop_if_interrupted();
            const std::string problem = read(job, reader);
            problem.empty() ? reader.succeeded(job, {}) : reader.failed(job, problem);
        }
    }

    [[nodiscard]] std::string name() const override {
        return fmt::format("the archive '{}'", utf8(m_archive));
    }

    [[nodiscard]] std::uint64_t bytes_read() const override { return m_bytes_read; }

private:
    [[nodiscard]] SeriesIndex index_of(const std::string& folder) const {
        return {m_archive, folder, m_manifest.of(folder)};
    }

    void read_lists() {
        const SeriesIndex lists = index_of(folder_of_lists);
        if (!lists.fault().empty()) throw Error(lists.fault());
        SeriesReader reader(lists, m_codec);
        std::map<Guid, Job> ever;
        for (const Version& version : lists.versions()) {
            for (const Job& job : list_of(reader.read(version)).entries)
                ever[job.id] = job;
        }
        if (const auto newest = newest_list(lists)) {
            const Version& version = lists.versions()[*newest];
            m_listed = list_of(reader.read(version));
            if (!version.imported) m_listed_at = Timestamp{std::chrono::microseconds{version.body}};
        }
        for (const Job& job : m_listed.entries)
            ever.erase(job.id);
        for (const auto& [id, job] : ever)
            m_unlisted.push_back(job);
    }

    /// The last one that a sync brought, or else the one that was imported last.
    static std::optional<std::uint32_t> newest_list(const SeriesIndex& lists) {
        const auto newest = lists.newest({});
        if (newest.empty()) return std::nullopt;
        const auto synced =
            std::ranges::find_if(newest, [&](auto at) { return !lists.versions()[at].imported; });
        return synced == newest.end() ? newest.front() : *synced;
    }

    static JobList list_of(std::string_view json) {
        JobListReader list;
        list.feed(json);
        return list.result();
    }

    /// Returns why it failed; nothing when it did not.
    std::string read(const Job& job, LogReader& reader) {
        const SeriesIndex index = index_of(folder_of(job.id));
        if (index.blocks().empty() && index.fault().empty())
            return "the archive holds no body of it";
        SeriesReader versions(index, m_codec);
        const ReadingPlan plan =
            plan_readings(index, versions, job, reader.holds(job) ? &reader : nullptr);
        std::string problem = plan.fault;
        for (const Reading& reading : plan.readings) {
            const std::string fault = read(job, reading, index, versions, reader);
            if (problem.empty()) problem = fault;
        }
        return problem;
    }

    std::string read(const Job& job, const Reading& reading, const SeriesIndex& index,
                     SeriesReader& versions, LogReader& reader) {
        std::string fault;
        bool is_first = true;
        bool more = true;
        const auto send = [&](std::string_view bytes) {
            m_bytes_read += bytes.size();
            more = more && reader.bytes(job, bytes);
        };
        reader.begin(job);
        send("[");
        for (const std::uint32_t at : reading) {
            if (!more) break;
            stop_if_interrupted();
            try {
                const std::string_view json = versions.read(index.versions()[at]);
                if (!is_first) send(",");
                is_first = false;
                send(json);
            } catch (const JobError& error) {
                return error.what();
            } catch (const Interrupted&) {
                throw;
            } catch (const Error& error) {
                if (fault.empty()) fault = error.what();
            }
        }
        send("]");
        reader.end(job);
        return fault;
    }

    std::filesystem::path m_archive;
    Manifest m_manifest;
    BlockCodec m_codec;
    JobList m_listed;
    Timestamp m_listed_at = Timestamp::min(); ///< of an imported list nobody knows
    std::vector<Job> m_unlisted;
    std::uint64_t m_bytes_read = 0;
};

} // namespace

std::unique_ptr<Source> open_archive_source(const std::filesystem::path& archive) {
    return std::make_unique<ArchiveSource>(archive);
}

} // namespace tidemark
