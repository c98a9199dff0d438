#include "sync/log_pump.hpp"

#include <utility>

namespace tidemark {

LogPump::LogPump(const JobPlans& plans, const SourceConfig& source, Warehouse& known,
                 const Attribution& attribution, BoundedQueue<Message>& queue, Clock now,
                 Progress& progress)
    : m_plans(plans),
      m_source(source),
      m_known(known),
      m_attribution(attribution),
      m_queue(queue),
      m_now(now),
      m_progress(progress) {}

void LogPump::begin(const Job& job) {
    Reading& reading = m_readings[job.id];
    if (!reading.body) reading.started_at = m_now();
    reading.body =
        std::make_unique<BodyReader>(m_plans.at(job.id), m_source, m_known, m_attribution,
                                     [this](Chunk chunk) { push(std::move(chunk)); });
}

bool LogPump::bytes(const Job& job, std::string_view chunk) {
    BodyReader& body = *m_readings.at(job.id).body;
    const auto before = body.summary().executions;
    const bool more = body.bytes(chunk);
    m_executions += static_cast<std::uint64_t>(body.summary().executions - before);
    m_bytes += chunk.size();
    m_progress.read(m_executions, m_bytes);
    return more;
}

BodyState LogPump::end(const Job& job) {
    return m_readings.at(job.id).body->end() ? BodyState::whole : BodyState::cut_short;
}

void LogPump::succeeded(const Job& job) { finish(job, std::nullopt); }

void LogPump::failed(const Job& job, const std::string& why) {
    // what was whole before the fault is kept
    const auto reading = m_readings.find(job.id);
    if (reading != m_readings.end()) reading->second.body->end();
    finish(job, why);
}

void LogPump::hand_on_what_is_whole() {
    try {
        for (auto& [id, reading] : m_readings)
            reading.body->end();
    } catch (const WriterStopped&) {
        // then it cannot be written
    }
}

void LogPump::finish(const Job& job, std::optional<std::string> error) {
    const auto reading = m_readings.find(job.id);
    const bool begun = reading != m_readings.end();
    m_progress.job_read(job, error.value_or(""));
    push(JobEnd{.job_key = m_plans.at(job.id).job_key,
                .started_at = begun ? reading->second.started_at : m_now(),
                .body = begun ? reading->second.body->summary() : BodySummary{},
                .error = std::move(error)});
    if (begun) m_readings.erase(reading);
}

void LogPump::push(Message message) {
    if (!m_queue.push(std::move(message))) throw WriterStopped{};
}

} // namespace tidemark
