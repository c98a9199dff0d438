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

BodyVersion LogPump::stored_version(const Job& job) { return m_plans.at(job.id).stored_version; }

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

void LogPump::succeeded(const Job& job, const BodyVersion& version) {
    finish(job, {.body = m_readings.at(job.id).body->summary(), .version = version});
}

void LogPump::unchanged(const Job& job) {
    finish(job, {.body = {.reading = BodyReading::unchanged}});
}

void LogPump::hand_on_what_is_whole() {
    try {
        for (auto& [id, reading] : m_readings)
            reading.body->end();
    } catch (const WriterStopped&) {
        // then it cannot be written
    }
}

void LogPump::failed(const Job& job, const std::string& why) {
    JobEnd end{.error = why};
    const auto reading = m_readings.find(job.id);
    if (reading != m_readings.end()) {
        reading->second.body->end(); // what was whole before the fault is kept
        end.body = reading->second.body->summary();
    }
    finish(job, std::move(end));
}

void LogPump::finish(const Job& job, JobEnd end) {
    const auto reading = m_readings.find(job.id);
    end.job_key = m_plans.at(job.id).job_key;
    end.started_at = reading == m_readings.end() ? m_now() : reading->second.started_at;
    if (reading != m_readings.end()) m_readings.erase(reading);
    m_progress.job_read(job, end.error.value_or(""));
    push(std::move(end));
}

void LogPump::push(Message message) {
    if (!m_queue.push(std::move(message))) throw WriterStopped{};
}

} // namespace tidemark
