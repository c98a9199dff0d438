#include "simulator/execution_writer.hpp"

#include "simulator/arrange.hpp"
#include "simulator/hash.hpp"
#include "simulator/script.hpp"

#include <iterator>

namespace simulator {
namespace {

enum ExecutionMember : unsigned {
    of_id,
    of_job_id,
    of_state,
    of_create_time,
    of_end_time,
    of_trigger_id,
    of_queue,
    of_details,
    of_logs
};
constexpr MemberName execution_members[] = {
    {"Id"},        {"JobId"},           {"State"},         {"CreateTime"},      {"EndTime"},
    {"TriggerId"}, {"QueueName", true}, {"Details", true}, {"JobExecutionLogs"}};

enum LineMember : unsigned {
    line_id,
    line_execution_id,
    line_time,
    line_severity,
    line_message,
    line_thread
};
constexpr MemberName line_members[] = {{"Id"},       {"JobExecutionId"}, {"TimeStamp"},
                                       {"Severity"}, {"Message"},        {"ThreadId", true}};

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    out += text;
    out += '"';
}

void append_quoted(std::string& out, const Guid& guid) {
    out += '"';
    append(out, guid);
    out += '"';
}

std::map<Moment, MessageTexts> texts_by_start(const OrganisationOptions& organisation,
                                              const BodyOptions& options, std::size_t job) {
    std::map<Moment, MessageTexts> texts;
    const auto add = [&](Moment from) {
        texts.try_emplace(from, organisation.wording, tasks_at(organisation, job, from),
                          options.escape_non_ascii);
    };
    add(Moment::min());
    for (const JobEvent& event : organisation.task_renames) {
        if (event.job == job) add(event.at);
    }
    return texts;
}

} // namespace

ExecutionWriter::ExecutionWriter(const OrganisationOptions& organisation,
                                 const BodyOptions& options, const Job& job)
    : m_options(options),
      m_execution(execution_members, 1, options),
      m_line(line_members, 3, options),
      m_line_start(line_break(options, 3)),
      m_logs_end(line_break(options, 2) + "]"),
      m_time(options),
      m_texts_by_start(texts_by_start(organisation, options, job.number)),
      m_tasks(tasks_of_job(organisation.seed, job.number).size()),
      m_job_id(to_text(job.id)) {}

bool ExecutionWriter::write(PieceWriter& out, const Execution& execution) {
    m_execution_id = to_text(execution.id);
    m_texts = &std::prev(m_texts_by_start.upper_bound(execution.created))->second;
    m_execution.open(out.text());
    bool is_first = true;
    for (const unsigned member : m_execution.order(execution.hash)) {
        if (!is_shown(execution, member)) continue;
        m_execution.open_member(out.text(), member, is_first);
        write_member(out, execution, member);
        is_first = false;
    }
    m_execution.close(out.text());
    return out.flush_when_full();
}

bool ExecutionWriter::is_shown(const Execution& execution, unsigned member) const {
    if (member == of_end_time) {
        return execution.ended || m_options.open_end != OpenEnd::missing;
    }
    if (member == of_logs) {
        return execution.lines > 0 || m_options.empty_logs != Absent::missing;
    }
    return true;
}

void ExecutionWriter::write_member(PieceWriter& out, const Execution& execution, unsigned member) {
    std::string& text = out.text();
    switch (member) {
    case of_id: return append_quoted(text, m_execution_id);
    case of_job_id: return append_quoted(text, m_job_id);
    case of_state:
        text += std::to_string(m_options.first_state + static_cast<int>(execution.state));
        return;
    case of_create_time:
        text += '"';
        m_time.append(text, execution.created);
        text += '"';
        return;
    case of_end_time: return write_end(text, execution);
    case of_trigger_id: return append_quoted(text, execution.trigger);
    case of_queue: return append_quoted(text, "default");
    case of_details: text += R"({"Machine":"TX-01","Tags":["a","b"]})"; return;
    default: return write_logs(out, execution);
    }
}

void ExecutionWriter::write_end(std::string& out, const Execution& execution) {
    if (!execution.ended) {
        out += m_options.open_end == OpenEnd::minimum ? R"("0001-01-01T00:00:00")" : "null";
        return;
    }
    out += '"';
    m_time.append(out, *execution.ended);
    out += '"';
}

void ExecutionWriter::write_logs(PieceWriter& out, const Execution& execution) {
    if (execution.lines == 0) {
        out.text() += m_options.empty_logs == Absent::null ? "null" : "[]";
        return;
    }
    arrange(m_lines, execution.lines, m_options.log_order, execution.hash);
    out.text() += '[';
    bool is_first = true;
    for (const std::size_t line : m_lines) {
        if (!is_first) out.text() += ',';
        write_line(out.text(), execution, line);
        is_first = false;
        if (!out.flush_when_full()) return;
    }
    out.text() += m_logs_end;
}

void ExecutionWriter::write_line(std::string& out, const Execution& execution, std::size_t line) {
    out += m_line_start;
    m_line.open(out);
    bool is_first = true;
    for (const unsigned member : m_line.order(execution.hash + line)) {
        m_line.open_member(out, member, is_first);
        write_line_member(out, execution, line, member);
        is_first = false;
    }
    m_line.close(out);
}

void ExecutionWriter::write_line_member(std::string& out, const Execution& execution,
                                        std::size_t line, unsigned member) {
    if (member == line_severity) {
        const LineKind kind = script_line(execution, line, m_tasks).kind;
        out += kind == LineKind::failed ? '3' : '0';
        return;
    }
    if (member == line_thread) {
        out += std::to_string(line % 8);
        return;
    }
    out += '"';
    if (member == line_id) append(out, id_of_line(execution, line));
    if (member == line_execution_id) out += m_execution_id;
    if (member == line_time) m_time.append(out, moment_of_line(execution, line));
    if (member == line_message) {
        const auto [kind, task] = script_line(execution, line, m_tasks);
        m_texts->append(out, kind, task, hash_of(execution.hash + line, 31));
    }
    out += '"';
}

} // namespace simulator
