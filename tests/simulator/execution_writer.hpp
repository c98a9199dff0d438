#pragma once

#include "simulator/body.hpp"
#include "simulator/message_texts.hpp"
#include "simulator/object_writer.hpp"
#include "simulator/organisation.hpp"
#include "simulator/time_text.hpp"

#include <map>
#include <vector>

namespace simulator {

/// Writes the executions of one job with their logs. One thread at a time.
class ExecutionWriter {
public:
    ExecutionWriter(const OrganisationOptions& organisation, const BodyOptions& options,
                    const Job& job);

    /// Returns false when nobody reads on.
    bool write(PieceWriter& out, const Execution& execution);

private:
    void write_member(PieceWriter& out, const Execution& execution, unsigned member);
    void write_logs(PieceWriter& out, const Execution& execution);
    void write_line(std::string& out, const Execution& execution, std::size_t line);
    void write_line_member(std::string& out, const Execution& execution, std::size_t line,
                           unsigned member);
    void write_end(std::string& out, const Execution& execution);
    [[nodiscard]] bool is_shown(const Execution& execution, unsigned member) const;

    BodyOptions m_options;
    ObjectLayout m_execution;
    ObjectLayout m_line;
    std::string m_line_start;
    std::string m_logs_end;
    TimeText m_time;
    std::map<Moment, MessageTexts> m_texts_by_start; ///< by the moment from which they hold
    const MessageTexts* m_texts = nullptr;           ///< of the execution that is being written
    std::size_t m_tasks;
    std::string m_job_id;
    std::string m_execution_id; ///< of the execution that is being written
    std::vector<std::size_t> m_lines;
};

} // namespace simulator
