#include "sync/body_reader.hpp"

#include "templates/counts.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <utility>

namespace tidemark {
namespace {

/// A chunk is sent when it weighs more than this: enough for a batch to be cheap, little
/// enough for some of them to wait in the queue.
constexpr std::size_t chunk_bytes = 2U << 20U;

/// About what an execution needs beside what its JSON says, until it is written.
constexpr std::size_t execution_weight = 1U << 10U;

/// So many bytes wait for one look into the warehouse: they are copied, and stay in the cache.
constexpr std::size_t most_waiting_bytes = 512U << 10U;

/// So much is held back until the rest of the body is read. What is more is sent: should a
/// better version follow, it replaces what was written.
constexpr std::size_t most_held_back_bytes = 16U << 20U;

/// Up to here reading on costs less than dropping the connection and making another.
constexpr std::int64_t least_before_stop = 128 << 10;

/// Instead of the end of a waiting element's bytes: they stand where they came.
constexpr std::size_t in_place = std::numeric_limits<std::size_t>::max();

} // namespace

BodyReader::BodyReader(const JobPlan& plan, const SourceConfig& source, Warehouse& known,
                       const Attribution& attribution, ChunkSink sink, BodyKeeper* keeper)
    : m_plan(plan),
      m_known(known),
      m_attribution(attribution),
      m_reading_seed(reading_seed(source)),
      m_sink(std::move(sink)),
      m_keeper(keeper),
      m_splitter(source.max_execution_bytes,
                 [this](const ArrayElement& element) { return add(element); }),
      m_parser(plan.job.id, source.timezone, source.states),
      m_watch(plan.stop) {}

bool BodyReader::bytes(std::string_view chunk) {
    m_summary.bytes += static_cast<std::int64_t>(chunk.size());
    const bool more = m_splitter.feed(chunk);
    send_if_large();
    return more;
}

bool BodyReader::end() {
    parse_what_waited();
    compare_received();
    m_summary.rejected = m_parser.rejected();
    const bool whole = m_splitter.closed() || m_summary.reading == BodyReading::stopped;
    if (whole) send_held_back();
    send();
    return whole;
}

/// Returns false when the rest is not needed.
bool BodyReader::add(const ArrayElement& element) {
    send_if_large(); // of a large element only now, when its bytes are gone
    ++m_summary.executions;
    const auto head =
        m_plan.compare_from || m_keeper != nullptr ? m_parser.head(element) : std::nullopt;
    if (m_keeper != nullptr && !element.oversized)
        m_keeper->keep(head ? head->id : m_parser.id(element), element.json);
    if (head && m_plan.compare_from) observe(head->id, head->created_at);
    const Skipped skipped = this->skipped(head);
    if (skipped == Skipped::never && m_waiting.empty()) {
        parse(element);
    } else {
        wait(element, skipped, head ? head->id : Guid{});
    }
    return m_summary.reading == BodyReading::whole;
}

BodyReader::Skipped BodyReader::skipped(const std::optional<ExecutionHead>& head) const {
    if (!head || !m_plan.compare_from || m_plan.always_compared.contains(head->id))
        return Skipped::never;
    if (!m_plan.is_settled(head->id, head->created_at)) return Skipped::when_stored_with_same_bytes;
    return m_plan.pruned.cover(head->created_at) ? Skipped::always : Skipped::when_stored;
}

void BodyReader::wait(const ArrayElement& element, Skipped skipped, const Guid& id) {
    if (element.json.size() >= most_waiting_bytes) { // not copied
        parse_what_waited();
        m_waiting.push_back({element, in_place, skipped, id});
        return parse_what_waited();
    }
    m_waiting_json += element.json;
    m_waiting.push_back({element, m_waiting_json.size(), skipped, id});
    if (m_waiting_json.size() + m_waiting.size() * execution_weight >= most_waiting_bytes)
        parse_what_waited();
}

std::vector<Guid> BodyReader::waiting_ids(Skipped skipped) const {
    std::vector<Guid> ids;
    for (const Waiting& waiting : m_waiting) {
        if (waiting.skipped == skipped) ids.push_back(waiting.id);
    }
    return ids;
}

void BodyReader::parse_what_waited() {
    const auto found = m_known.held(m_plan.job_key, waiting_ids(Skipped::when_stored));
    const std::unordered_set<Guid> held(found.begin(), found.end());
    const auto stored =
        find_known(m_known, waiting_ids(Skipped::when_stored_with_same_bytes), std::identity{});
    std::size_t begin = 0;
    for (Waiting& waiting : m_waiting) {
        ArrayElement& element = waiting.element;
        if (waiting.end != in_place) {
            element.json = std::string_view{m_waiting_json}.substr(begin, waiting.end - begin);
            begin = waiting.end;
        }
        const auto known = stored.find(waiting.id);
        if (waiting.skipped == Skipped::always || held.contains(waiting.id)) {
            ++m_summary.settled;
        } else if (known == stored.end() || !skip(known->second, element)) {
            parse(element);
        }
    }
    m_waiting.clear();
    m_waiting_json.clear();
}

bool BodyReader::skip(const KnownExecution& stored, const ArrayElement& element) {
    if (m_versions.contains(stored.id)) return false; // two versions are compared
    if (!is_unchanged(m_plan, stored, hash_of(element.json, m_reading_seed))) return false;
    m_versions.add(stored, *stored.reading);
    m_time_trend += stored.reading->time_trend;
    observe_moment(stored.reading->newest_at);
    return true;
}

void BodyReader::parse(const ArrayElement& element) {
    ParsedExecution parsed = m_parser.parse(element);
    if (parsed.rejected_id) {
        m_watch.observe(*parsed.rejected_id);
        note_if_pending(*parsed.rejected_id);
    }
    // rejected parts of a pruned execution are not reported again
    if (parsed.rejections.empty() || !parsed.execution ||
        !was_pruned(m_plan, m_known, *parsed.execution)) {
        for (Rejection& rejection : parsed.rejections) {
            m_chunk.weight += rejection.record.size();
            m_chunk.rejections.push_back(std::move(rejection));
        }
    }
    m_received_bytes += element.json.size() + execution_weight;
    if (parsed.execution) {
        receive(std::move(*parsed.execution), element, parsed.time_trend);
    } else {
        ++m_summary.unreadable;
        const auto head = m_plan.compare_from ? std::nullopt : m_parser.head(element);
        if (head) observe(head->id, head->created_at); // it is there, though it cannot be loaded
    }
}

void BodyReader::send_if_large() {
    if (m_received_bytes < chunk_bytes) return;
    compare_received();
    send();
}

void BodyReader::observe(const Guid& id, Timestamp created_at) {
    const bool rest_is_settled = m_watch.observe(id, created_at);
    if (rest_is_settled && m_summary.bytes >= least_before_stop)
        m_summary.reading = BodyReading::stopped;
    m_summary.order = m_watch.order();
    note_if_pending(id);
    observe_moment(created_at);
    if (created_at > m_plan.now) return;
    auto& oldest = m_summary.oldest_created_at;
    oldest = oldest ? std::min(*oldest, created_at) : created_at;
}

/// A moment ahead of now says nothing of how far the job's history goes.
void BodyReader::observe_moment(Timestamp moment) {
    if (moment > m_plan.now) return;
    auto& newest = m_summary.newest_moment;
    newest = newest ? std::max(*newest, moment) : moment;
}

void BodyReader::note_if_pending(const Guid& id) {
    if (m_plan.always_compared.contains(id)) m_summary.pending_seen.insert(id);
}

void BodyReader::receive(Execution execution, const ArrayElement& element,
                         std::int64_t time_trend) {
    if (!m_plan.compare_from) observe(execution.id, execution.created_at);
    if (execution.ended_at) observe_moment(*execution.ended_at);
    if (!execution.logs.empty()) observe_moment(execution.logs.back().logged_at);
    m_time_trend += time_trend;
    const ExecutionReadingRow reading = reading_of(execution, element.json, time_trend);
    if (time_trend == 0) m_trendless.insert(execution.id);
    if (!execution.incomplete && m_plan.always_compared.contains(execution.id))
        m_summary.seen_complete.insert(execution.id);
    const std::size_t different = m_versions.size();
    const bool counts = m_versions.add(execution);
    if (m_versions.size() == different) ++m_summary.repeated;
    if (counts) {
        m_received.push_back(
            {std::move(execution), reading, element.json.size() + execution_weight});
    }
}

/// An execution is always parsed when one of its moments is ahead of now, because it becomes
/// plausible later, and when the order of its lines follows from the rest of the body.
ExecutionReadingRow BodyReader::reading_of(const Execution& execution, std::string_view json,
                                           std::int64_t time_trend) const {
    ExecutionReadingRow reading{
        .line_count = static_cast<std::int64_t>(execution.logs.size()),
        .time_trend = time_trend,
        .newest_at = std::max(execution.created_at, execution.ended_at.value_or(Timestamp::min()))};
    if (!execution.logs.empty())
        reading.newest_at = std::max(reading.newest_at, execution.logs.back().logged_at);
    const bool is_certain = reading.newest_at <= m_plan.now && !execution.incomplete &&
                            (time_trend != 0 || execution.logs.size() < 2);
    if (is_certain) reading.bytes_hash = hash_of(json, m_reading_seed);
    return reading;
}

/// By the log lines of the executions whose times say it, else by the executions themselves.
bool BodyReader::is_newest_first() const {
    return m_time_trend != 0 ? m_time_trend < 0 : m_watch.order() == BodyOrder::newest_first;
}

/// Compares what was received with what is stored, and makes a chunk of what is new or changed.
void BodyReader::compare_received() {
    m_received_bytes = 0;
    std::unordered_map<Guid, KnownExecution> stored;
    if (m_plan.history.newest_created_at) {
        stored = find_known(m_known, m_received,
                            [](const Received& received) { return received.execution.id; });
    }
    std::unordered_set<Guid> compared;
    for (Received& received : m_received) {
        Execution& execution = received.execution;
        if (!m_versions.counts(execution) || !compared.insert(execution.id).second) continue;
        if (is_newest_first() && m_trendless.contains(execution.id)) reverse_ties(execution);
        mark_implausible_moments(execution, m_plan.latest_plausible);
        const auto known = stored.find(execution.id);
        const bool is_known = known != stored.end();
        if (is_known) note_overlap(known->second);
        if (is_known && is_unchanged(m_plan, known->second, execution)) {
            add_missing_reading(known->second, received.reading);
            continue;
        }
        if (!is_known && m_plan.pruned.cover(execution)) {
            ++m_summary.settled;
            continue;
        }
        if (is_known && is_held_back(known->second, execution)) {
            m_held_back_bytes += received.bytes;
            m_held_back.push_back(std::move(received));
        } else {
            add_to_chunk(std::move(received));
        }
    }
    m_received.clear();
    m_trendless.clear();
    if (m_held_back_bytes >= most_held_back_bytes) send_held_back();
}

void BodyReader::note_overlap(const KnownExecution& stored) {
    const auto& watermark = m_plan.history.watermark;
    if (watermark && stored.job_key == m_plan.job_key &&
        stored.created_at <= watermark->read_through)
        m_summary.overlaps = true;
}

bool BodyReader::is_held_back(const KnownExecution& stored, const Execution& version) const {
    return stored.job_key == m_plan.job_key && rank_of(version) <= rank_of(stored) &&
           !m_versions.is_sent(version.id);
}

void BodyReader::send_held_back() {
    std::size_t bytes = 0;
    for (Received& received : m_held_back) {
        const Execution& execution = received.execution;
        const std::size_t received_bytes = received.bytes;
        if (!m_versions.counts(execution) || m_versions.is_sent(execution.id)) continue;
        add_to_chunk(std::move(received));
        bytes += received_bytes;
        if (bytes < chunk_bytes) continue;
        send();
        bytes = 0;
    }
    m_held_back.clear();
    m_held_back_bytes = 0;
}

/// Executions have no reading when an earlier version of the program stored them.
void BodyReader::add_missing_reading(const KnownExecution& stored, ExecutionReadingRow reading) {
    if (stored.reading || !reading.bytes_hash || stored.job_key != m_plan.job_key) return;
    reading.execution_key = stored.execution_key;
    m_chunk.readings.push_back(reading);
}

void BodyReader::add_to_chunk(Received received) {
    Execution& execution = received.execution;
    set_shape_keys(execution.logs, m_mask);
    std::vector<TaskRun> task_runs = m_attribution.task_runs(execution, m_plan.job);
    const bool again = m_versions.mark_sent(execution.id);
    m_chunk.weight += received.bytes;
    m_chunk.executions.push_back(
        {std::move(execution), std::move(task_runs), received.reading, again});
}

void BodyReader::send() {
    if (m_chunk.executions.empty() && m_chunk.readings.empty() && m_chunk.rejections.empty())
        return;
    m_chunk.job_key = m_plan.job_key;
    m_chunk.unarchived = m_keeper == nullptr || !m_keeper->flush();
    m_sink(std::exchange(m_chunk, {}));
}

} // namespace tidemark
