#include "sync/queueing_reader.hpp"

#include "parse/execution_parser.hpp"
#include "sync/execution_versions.hpp"

#include <algorithm>
#include <utility>

namespace tidemark {
QueueingReader::QueueingReader(const JobPlans& plans, const SourceConfig& source, Warehouse& known,
                               const Attribution& attribution, BoundedQueue<QueueItem>& queue,
                               Clock now, Progress& progress, Archive* archive)
    : m_plans(plans),
      m_source(source),
      m_known(known),
      m_attribution(attribution),
      m_queue(queue),
      m_now(now),
      m_progress(progress),
      m_archive(archive) {}

BodyVersion QueueingReader::stored_version(const Job& job) {
    return m_plans.at(job.id).stored_version;
}

bool QueueingReader::holds(const Job& job) {
    return m_plans.at(job.id).history.newest_created_at.has_value();
}

std::unordered_set<Guid> QueueingReader::held_later(const Job& job,
                                                    std::span<const std::string> executions) {
    const JobPlan& plan = m_plans.at(job.id);
    ExecutionParser parser(job.id, m_source.timezone, m_source.states);
    std::vector<Execution> received;
    for (const std::string& json : executions) {
        auto parsed = parser.parse({.json = json, .bytes = json.size()});
        if (!parsed.execution) continue; // it is rejected when it is read
        parsed.execution->logs.clear();
        received.push_back(std::move(*parsed.execution));
    }
    const auto stored = find_known(m_known, received, &Execution::id);
    std::unordered_set<Guid> later;
    std::unordered_set<Guid> others;
    for (const Execution& execution : received) {
        const auto known = stored.find(execution.id);
        const bool is_known = known != stored.end();
        (is_known && is_later(plan, known->second, execution) ? later : others)
            .insert(execution.id);
    }
    for (const Guid& id : others)
        later.erase(id);
    m_held_later[job.id] += static_cast<std::int64_t>(later.size());
    return later;
}

bool QueueingReader::lacks_lines(const Job& job, const std::string& execution) {
    ExecutionParser parser(job.id, m_source.timezone, m_source.states);
    const auto parsed = parser.parse({.json = execution, .bytes = execution.size()});
    if (!parsed.execution) return true;
    const auto stored = m_known.find(std::vector{parsed.execution->id});
    if (stored.empty()) return true;
    if (stored.front().logs_pruned_at) return false;
    std::unordered_set<Guid> held;
    for (const Log& line : m_known.logs(stored.front().execution_key))
        held.insert(line.id);
    return std::ranges::any_of(parsed.execution->logs,
                               [&](const Log& line) { return !held.contains(line.id); });
}

void QueueingReader::begin(const Job& job) {
    Reading& reading = m_readings[job.id];
    if (!reading.body) reading.started_at = m_now();
    reading.body.reset();
    if (m_archive != nullptr)
        reading.keeper = std::make_unique<BodyKeeper>(*m_archive, job.id, reading.started_at);
    reading.body = std::make_unique<BodyReader>(
        m_plans.at(job.id), m_source, m_known, m_attribution,
        [this](Chunk chunk) { push(std::move(chunk)); }, reading.keeper.get());
}

bool QueueingReader::bytes(const Job& job, std::string_view chunk) {
    BodyReader& body = *m_readings.at(job.id).body;
    const auto before = body.summary().executions;
    const bool more = body.bytes(chunk);
    m_executions += static_cast<std::uint64_t>(body.summary().executions - before);
    m_bytes += chunk.size();
    m_progress.read(m_executions, m_bytes);
    return more;
}

BodyState QueueingReader::end(const Job& job) {
    return m_readings.at(job.id).body->end() ? BodyState::whole : BodyState::cut_short;
}

void QueueingReader::succeeded(const Job& job, const BodyVersion& version) {
    Reading& reading = m_readings.at(job.id);
    JobEnd end{.body = reading.body->summary(), .version = version};
    end.body.held_later = m_held_later[job.id];
    end.body.is_past = m_plans.at(job.id).is_past;
    if (reading.keeper)
        end.archive_mark = reading.keeper->end(end.body.reading == BodyReading::whole);
    finish(job, std::move(end));
}

void QueueingReader::unchanged(const Job& job) {
    finish(job, {.body = {.reading = BodyReading::unchanged}});
}

void QueueingReader::send_complete() {
    try {
        for (auto& [id, reading] : m_readings) {
            reading.body->end();
            if (reading.keeper) reading.keeper->flush();
        }
    } catch (const WriterStopped&) {
        // then it cannot be written
    }
}

void QueueingReader::failed(const Job& job, const std::string& why) {
    JobEnd end{.error = why};
    const auto reading = m_readings.find(job.id);
    if (reading != m_readings.end()) {
        reading->second.body->end(); // what was whole before the fault is kept
        end.body = reading->second.body->summary();
        if (reading->second.keeper) reading->second.keeper->end(false);
    }
    finish(job, std::move(end));
}

void QueueingReader::finish(const Job& job, JobEnd end) {
    const auto reading = m_readings.find(job.id);
    end.job_key = m_plans.at(job.id).job_key;
    end.started_at = reading == m_readings.end() ? m_now() : reading->second.started_at;
    if (reading != m_readings.end() && reading->second.keeper)
        end.archive_problem = reading->second.keeper->problem();
    if (reading != m_readings.end()) m_readings.erase(reading);
    m_progress.job_read(job, end.error.value_or(""));
    push(std::move(end));
}

void QueueingReader::push(QueueItem item) {
    const auto* const chunk = std::get_if<Chunk>(&item);
    const std::size_t weight = chunk == nullptr ? 0 : chunk->weight;
    if (!m_queue.push(std::move(item), weight)) throw WriterStopped{};
}

} // namespace tidemark
