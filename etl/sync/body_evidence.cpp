#include "sync/body_evidence.hpp"

#include "parse/array_splitter.hpp"
#include "parse/execution_parser.hpp"

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

/// The numbers of executions of a body, of bodies with executions, and of jobs that are enough.
constexpr std::size_t enough_executions = 200;
constexpr std::size_t enough_bodies = 5;
constexpr std::size_t enough_jobs = 25;

SeenStateCode& seen_code(std::vector<SeenStateCode>& codes, std::int64_t code) {
    const auto found = std::ranges::find(codes, code, &SeenStateCode::code);
    return found != codes.end() ? *found : codes.emplace_back(SeenStateCode{.code = code});
}

/// What one body shows.
struct OneBody {
    BodyEvidence evidence;
    std::size_t rises = 0;
    std::size_t falls = 0;
    std::optional<Timestamp> last;

    void observe(const ArrayElement& element, ExecutionParser& parser) {
        const ParsedExecution parsed = parser.parse(element);
        evidence.unreadable += parsed.rejections.size();
        if (!parsed.rejections.empty() && evidence.first_unreadable.empty()) {
            const Rejection& first = parsed.rejections.front();
            evidence.first_unreadable = first.place + ": " + first.reason;
        }
        if (!parsed.execution) return;
        observe(*parsed.execution);
        // within a string the quotes would be escaped
        if (element.json.find("\"createTime\"") != std::string_view::npos)
            ++evidence.camel_case;
        else if (element.json.find("\"CreateTime\"") != std::string_view::npos)
            ++evidence.pascal_case;
    }

    void observe(const Execution& execution) {
        ++evidence.executions;
        if (!execution.source_timezone.value_or("").empty()) ++evidence.without_zone;
        SeenStateCode& code = seen_code(evidence.codes, execution.state_code);
        (execution.ended_at ? code.with_end : code.without_end) = true;
        if (last && execution.created_at > *last) ++rises;
        if (last && execution.created_at < *last) ++falls;
        last = execution.created_at;
        if (!evidence.newest || execution.created_at > *evidence.newest)
            evidence.newest = execution.created_at;
    }

    /// What it shows of the order, when no more of it comes.
    void conclude() {
        evidence.bodies = evidence.executions > 0 ? 1 : 0;
        evidence.oldest_first = rises > 0 && falls == 0 ? 1 : 0;
        evidence.newest_first = falls > 0 && rises == 0 ? 1 : 0;
        evidence.in_no_order = falls > 0 && rises > 0 ? 1 : 0;
    }
};

void add(BodyEvidence& all, const BodyEvidence& one) {
    ++all.jobs;
    all.bodies += one.bodies;
    all.executions += one.executions;
    all.unreadable += one.unreadable;
    if (all.first_unreadable.empty()) all.first_unreadable = one.first_unreadable;
    all.oldest_first += one.oldest_first;
    all.newest_first += one.newest_first;
    all.in_no_order += one.in_no_order;
    all.pascal_case += one.pascal_case;
    all.camel_case += one.camel_case;
    all.without_zone += one.without_zone;
    all.newest = std::max(all.newest, one.newest);
    for (const SeenStateCode& code : one.codes) {
        SeenStateCode& known = seen_code(all.codes, code.code);
        known.with_end = known.with_end || code.with_end;
        known.without_end = known.without_end || code.without_end;
    }
    if (all.first_failure.empty()) all.first_failure = one.first_failure;
}

class EvidenceReader : public LogReader {
public:
    explicit EvidenceReader(const SourceConfig& config) : m_config(config) {}

    BodyVersion stored_version(const Job& /*job*/) override { return {}; }

    void begin(const Job& job) override {
        m_body = {};
        m_enough = false;
        m_parser.emplace(job.id, TimeZone{}, StateMap{});
        m_splitter.emplace(m_config.max_execution_bytes, [this](const ArrayElement& element) {
            m_body.observe(element, *m_parser);
            return m_body.evidence.executions < enough_executions;
        });
    }

    bool bytes(const Job& /*job*/, std::string_view chunk) override {
        m_enough = !m_splitter->feed(chunk);
        return !m_enough;
    }

    BodyState end(const Job& /*job*/) override {
        return m_enough || m_splitter->closed() ? BodyState::whole : BodyState::cut_short;
    }

    void succeeded(const Job& /*job*/, const BodyVersion& /*version*/) override {
        m_body.conclude();
        add(m_evidence, std::exchange(m_body, {}).evidence);
    }

    void unchanged(const Job& /*job*/) override {}

    void failed(const Job& /*job*/, const std::string& why) override {
        add(m_evidence, {.first_failure = why});
    }

    [[nodiscard]] const BodyEvidence& evidence() const { return m_evidence; }

private:
    const SourceConfig& m_config;
    BodyEvidence m_evidence;
    OneBody m_body;
    std::optional<ExecutionParser> m_parser;
    std::optional<ArraySplitter> m_splitter;
    bool m_enough = false;
};

} // namespace

BodyEvidence inspect_bodies(Source& source, std::span<const Job> jobs, const SourceConfig& config) {
    EvidenceReader reader(config);
    for (const Job& job : jobs.first(std::min(jobs.size(), enough_jobs))) {
        if (reader.evidence().bodies == enough_bodies) break;
        source.read_logs(std::span{&job, 1}, reader);
    }
    return reader.evidence();
}

} // namespace tidemark
