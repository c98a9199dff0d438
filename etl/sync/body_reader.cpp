#include "sync/body_reader.hpp"

#include "messages/shape_tally.hpp"
#include "warehouse/find_known.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tidemark {
namespace {

/// A chunk is handed on when its JSON is larger than this: enough for a batch to be cheap, little
/// enough for some of them to wait in the queue.
constexpr std::size_t chunk_bytes = 2U << 20U;

/// Up to here reading on costs less than dropping the connection and making another.
constexpr std::int64_t least_before_stop = 128 << 10;

/// Removes the executions that are stored as they came.
void drop_unchanged(const JobPlan& plan, std::vector<Execution>& executions, Warehouse& known) {
    const auto stored = find_known(known, executions, &Execution::id);
    std::erase_if(executions, [&](const Execution& execution) {
        const auto found = stored.find(execution.id);
        return found != stored.end() && is_unchanged(plan, found->second, execution);
    });
}

} // namespace

BodyReader::BodyReader(const JobPlan& plan, const SourceConfig& source, Warehouse& known,
                       const Attribution& attribution, ChunkSink sink)
    : m_plan(plan),
      m_known(known),
      m_attribution(attribution),
      m_sink(std::move(sink)),
      m_splitter(source.max_execution_bytes,
                 [this](const ArrayElement& element) { return take(element); }),
      m_parser(plan.job.id, source.timezone, source.states),
      m_watch(plan.stop) {}

bool BodyReader::bytes(std::string_view chunk) {
    m_summary.bytes += static_cast<std::int64_t>(chunk.size());
    return m_splitter.feed(chunk);
}

bool BodyReader::end() {
    hand_on();
    m_summary.rejected = m_parser.rejected();
    return m_splitter.closed() || m_summary.reading == BodyReading::stopped;
}

/// Returns false when the rest is not needed.
bool BodyReader::take(const ArrayElement& element) {
    ++m_summary.executions;
    const auto head = m_plan.compare_from ? m_parser.head(element) : std::nullopt;
    if (head) see(head->id, head->created_at);
    if (!head || !m_plan.is_settled(head->id, head->created_at)) parse(element);
    return m_summary.reading == BodyReading::whole;
}

void BodyReader::parse(const ArrayElement& element) {
    ParsedExecution parsed = m_parser.parse(element);
    if (parsed.rejected_id) {
        m_watch.see(*parsed.rejected_id);
        note_if_pending(*parsed.rejected_id);
    }
    std::move(parsed.rejections.begin(), parsed.rejections.end(), std::back_inserter(m_rejections));
    if (parsed.execution) {
        receive(std::move(*parsed.execution), parsed.time_trend);
    } else {
        ++m_summary.unreadable;
    }
    m_received_bytes += element.json.size();
    if (m_received_bytes >= chunk_bytes) hand_on();
}

void BodyReader::see(const Guid& id, Timestamp created_at) {
    const bool rest_is_settled = m_watch.see(id, created_at);
    if (rest_is_settled && m_summary.bytes >= least_before_stop)
        m_summary.reading = BodyReading::stopped;
    m_summary.order = m_watch.order();
    note_if_pending(id);
    auto& oldest = m_summary.oldest_created_at;
    oldest = oldest ? std::min(*oldest, created_at) : created_at;
    auto& newest = m_summary.newest_moment;
    newest = newest ? std::max(*newest, created_at) : created_at;
}

void BodyReader::note_if_pending(const Guid& id) {
    if (m_plan.always_compared.contains(id)) m_summary.pending_seen.insert(id);
}

void BodyReader::receive(Execution execution, std::int64_t time_trend) {
    if (!m_plan.compare_from) see(execution.id, execution.created_at);
    auto& newest = *m_summary.newest_moment;
    if (execution.ended_at) newest = std::max(newest, *execution.ended_at);
    if (!execution.logs.empty()) newest = std::max(newest, execution.logs.back().logged_at);
    m_time_trend += time_trend;
    if (time_trend == 0) m_trendless.insert(execution.id);
    m_received.push_back(std::move(execution));
}

/// By the log lines of the executions whose times say it, else by the executions themselves.
bool BodyReader::is_newest_first() const {
    return m_time_trend != 0 ? m_time_trend < 0 : m_watch.order() == BodyOrder::newest_first;
}

void BodyReader::hand_on() {
    if (m_plan.history.newest_created_at) drop_unchanged(m_plan, m_received, m_known);
    Chunk chunk{.job_key = m_plan.job_key, .rejections = std::move(m_rejections)};
    chunk.executions.reserve(m_received.size());
    for (Execution& execution : m_received) {
        if (is_newest_first() && m_trendless.contains(execution.id)) turn_ties_round(execution);
        doubt_moments_after(execution, m_plan.latest_plausible);
        set_shape_keys(execution.logs, m_mask);
        std::vector<TaskRun> task_runs = m_attribution.task_runs(execution, m_plan.job);
        chunk.executions.push_back({std::move(execution), std::move(task_runs)});
    }
    m_received.clear();
    m_trendless.clear();
    m_rejections.clear();
    m_received_bytes = 0;
    if (!chunk.executions.empty() || !chunk.rejections.empty()) m_sink(std::move(chunk));
}

} // namespace tidemark
