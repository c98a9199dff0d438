#include "sync/refusal.hpp"

#include "parse/execution_parser.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace tidemark {
namespace {

/// What was read of the execution, in the members of the API and with moments in UTC: its bytes are
/// gone by now.
std::string record_of(const Execution& execution) {
    nlohmann::ordered_json record = {{"Id", to_text(execution.id)},
                                     {"State", execution.state_code},
                                     {"CreateTime", to_text(execution.created_at)},
                                     {"EndTime", nullptr},
                                     {"JobExecutionLogs", nlohmann::ordered_json::array()}};
    if (execution.ended_at) record["EndTime"] = to_text(*execution.ended_at);
    std::size_t bytes = 0;
    for (const Log& log : execution.logs) {
        nlohmann::ordered_json line = {{"Id", to_text(log.id)},
                                       {"TimeStamp", to_text(log.logged_at)},
                                       {"Severity", log.severity},
                                       {"Message", nullptr}};
        if (log.message) line["Message"] = *log.message;
        bytes += log.message.value_or("").size();
        record["JobExecutionLogs"].push_back(std::move(line));
        if (bytes > max_record_bytes) break;
    }
    const std::string text =
        record.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    return std::string{cut_at_character(text, max_record_bytes)};
}

} // namespace

Rejection held_by_another_job(const Execution& execution, std::string_view job) {
    return {.place = "Id",
            .reason = job.empty()
                          ? "this execution is stored as another job's"
                          : fmt::format("this execution is stored as another job's, '{}'", job),
            .record = record_of(execution),
            .content_hash = execution.content_hash,
            .execution_id = execution.id};
}

} // namespace tidemark
