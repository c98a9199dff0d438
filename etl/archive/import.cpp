#include "archive/import.hpp"

#include "parse/array_splitter.hpp"
#include "parse/execution_parser.hpp"

#include <map>
#include <memory>
#include <utility>

namespace tidemark {
namespace {

class ImportedBody {
public:
    ImportedBody(Archive& archive, const Job& job, std::uint64_t max_execution_bytes, Timestamp now)
        : m_body(archive, job.id, now),
          m_parser(job.id, {}, {}),
          m_splitter(max_execution_bytes,
                     [this](const ArrayElement& element) { return add(element), true; }) {
        summary.name = job.name;
    }

    void bytes(std::string_view chunk) { m_splitter.feed(chunk); }

    bool end() {
        m_body.end(m_splitter.closed());
        summary.kept = m_body.added();
        return m_splitter.closed();
    }

    ImportedJob summary;

private:
    void add(const ArrayElement& element) {
        ++summary.executions;
        if (element.oversized) {
            ++summary.oversized;
            return;
        }
        m_body.keep(m_parser.id(element), element.json, Arrival::imported);
    }

    ArchivedBody m_body;
    ExecutionParser m_parser;
    ArraySplitter m_splitter;
};

class ImportReader : public LogReader {
public:
    ImportReader(Archive& archive, std::uint64_t max_execution_bytes, Timestamp now)
        : m_archive(archive), m_max_execution_bytes(max_execution_bytes), m_now(now) {}

    BodyVersion stored_version(const Job& /*job*/) override { return {}; }

    void begin(const Job& job) override {
        m_bodies[job.id] =
            std::make_unique<ImportedBody>(m_archive, job, m_max_execution_bytes, m_now);
    }

    bool bytes(const Job& job, std::string_view chunk) override {
        m_bodies.at(job.id)->bytes(chunk);
        return true;
    }

    BodyState end(const Job& job) override {
        return m_bodies.at(job.id)->end() ? BodyState::whole : BodyState::cut_short;
    }

    void succeeded(const Job& job, const BodyVersion& /*version*/) override { finish(job, {}); }

    void unchanged(const Job& job) override { finish(job, {}); }

    void failed(const Job& job, const std::string& why) override {
        if (const auto body = m_bodies.find(job.id); body != m_bodies.end())
            body->second->end(); // what was whole before the fault is kept
        finish(job, why);
    }

    std::vector<ImportedJob> result() { return std::move(m_jobs); }

private:
    void finish(const Job& job, std::optional<std::string> error) {
        const auto body = m_bodies.find(job.id);
        m_jobs.push_back(body == m_bodies.end() ? ImportedJob{.name = job.name}
                                                : std::move(body->second->summary));
        m_jobs.back().error = std::move(error);
        m_bodies.erase(job.id);
    }

    Archive& m_archive;
    std::uint64_t m_max_execution_bytes;
    Timestamp m_now;
    std::map<Guid, std::unique_ptr<ImportedBody>> m_bodies;
    std::vector<ImportedJob> m_jobs;
};

} // namespace

std::vector<ImportedJob> import_bodies(Source& source, Archive& archive,
                                       std::uint64_t max_execution_bytes, Timestamp now) {
    const JobList list = source.jobs();
    archive.keep_jobs(list.entries, now, Arrival::imported);
    ImportReader reader(archive, max_execution_bytes, now);
    source.read_logs(list.entries, reader);
    archive.commit();
    return reader.result();
}

} // namespace tidemark
