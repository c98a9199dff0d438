#include "support/fake_source.hpp"

#include "error.hpp"
#include "parse/job_parser.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace tidemark::test {

JobList FakeSource::jobs() {
    std::string body = "[";
    for (const Job& job : listed) {
        body += nlohmann::json{{"Id", to_text(job.id)}, {"Name", job.name}}.dump() + ',';
    }
    for (const std::string& entry : unreadable)
        body += entry + ',';
    if (body.ends_with(',')) body.pop_back();
    JobListReader reader;
    reader.feed(body + ']');
    return reader.result();
}

void FakeSource::read_logs(std::span<const Job> jobs, LogReader& reader) {
    for (const Job& job : jobs) {
        try {
            read(job, reader);
        } catch (const JobError& error) {
            reader.failed(job, error.what());
        }
    }
}

void FakeSource::read(const Job& job, LogReader& reader) {
    if (failures.contains(job.id)) return reader.failed(job, failures.at(job.id));
    const BodyVersion version = versions[job.id];
    if (!version.empty() && reader.stored_version(job) == version) return reader.unchanged(job);
    const std::string& body = bodies.at(job.id);
    for (int i = 0; i < cut_short; ++i) {
        try_once(job, std::string_view{body}.substr(0, body.size() / 2), reader);
    }
    if (try_once(job, body, reader) == BodyState::whole) {
        reader.succeeded(job, version);
    } else {
        reader.failed(job, "the body was cut short");
    }
}

BodyState FakeSource::try_once(const Job& job, std::string_view body, LogReader& reader) {
    reader.begin(job);
    while (!body.empty()) {
        const auto chunk = body.substr(0, chunk_bytes);
        m_bytes += chunk.size();
        if (!reader.bytes(job, chunk)) break;
        body.remove_prefix(chunk.size());
        after_chunk();
    }
    return reader.end(job);
}

Guid numbered(unsigned number) {
    return parse_guid(fmt::format("00000000-0000-4000-8000-{:012}", number)).value();
}

Guid line_id(unsigned execution, unsigned line) { return numbered(execution * 1000 + 999 - line); }

std::string to_json(const BodyExecution& execution) {
    nlohmann::ordered_json logs = nlohmann::ordered_json::array();
    for (unsigned i = 0; i < execution.messages.size(); ++i) {
        const unsigned second = i < execution.seconds.size() ? execution.seconds[i] : i;
        logs.push_back(
            {{"Id", to_text(line_id(execution.id, execution.first_line + i))},
             {"JobExecutionId", to_text(numbered(execution.id))},
             {"TimeStamp", fmt::format("{}:{:02}", execution.created.substr(0, 16), second)},
             {"Severity", 0},
             {"Message", execution.messages[i]}});
    }
    if (execution.newest_line_first) std::reverse(logs.begin(), logs.end());
    nlohmann::ordered_json json = {
        {"Id", to_text(numbered(execution.id))},
        {"JobId", to_text(numbered(execution.job))},
        {"State", execution.state},
        {"CreateTime", execution.created},
        {"EndTime", nullptr},
        {"TriggerId", to_text(execution.trigger == 0 ? Guid{} : numbered(execution.trigger))},
        {"JobExecutionLogs", logs}};
    if (!execution.ended.empty()) json["EndTime"] = execution.ended;
    return json.dump();
}

std::string body_of(const std::vector<BodyExecution>& executions) {
    std::string body = "[";
    for (const BodyExecution& execution : executions) {
        if (body.size() > 1) body += ',';
        body += to_json(execution);
    }
    return body + "]";
}

} // namespace tidemark::test
