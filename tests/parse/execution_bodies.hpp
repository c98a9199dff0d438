#pragma once

#include "parse/execution_parser.hpp"

#include <string>
#include <string_view>

/// Made-up executions for the parser's tests.
namespace tidemark::bodies {

inline const std::string job = "b1cb1816-7d85-457c-9f32-2a1422d00e17";
inline const std::string id = "ff585521-15e3-4580-80f8-06ce756f6163";
inline const std::string other = "2683010d-b94d-4c15-adee-b5ff7fde9f03";
inline const std::string log_id = "1f2a6e9f-9804-4651-9c44-9f42bc49d71b";

/// `"Name":json`, as the first of an object's members when `rest` follows.
inline std::string member(std::string_view name, std::string_view json) {
    return "\"" + std::string{name} + "\":" + std::string{json};
}

inline std::string text(std::string_view value) { return "\"" + std::string{value} + "\""; }

/// A sound execution with these members added in front, where they count first.
inline std::string execution(const std::string& members = "") {
    return "{" + members + (members.empty() ? "" : ",") + member("Id", text(id)) + "," +
           member("State", "1") + "," + member("CreateTime", text("2026-10-09T03:07:22")) + "}";
}

/// A sound log line with these members added in front.
inline std::string log(const std::string& members = "") {
    return "{" + members + (members.empty() ? "" : ",") + member("Id", text(log_id)) + "," +
           member("TimeStamp", text("2026-10-09T03:08:00")) + "," + member("Severity", "2") + "," +
           member("Message", text("done")) + "}";
}

inline std::string with_logs(const std::string& logs) {
    return execution(member("JobExecutionLogs", "[" + logs + "]"));
}

inline ExecutionParser parser(const TimeZone& zone = {}) {
    return {parse_guid(job).value(), zone, StateMap{}};
}

inline ArrayElement element(std::string_view json) {
    return {.index = 3, .json = json, .bytes = json.size()};
}

inline ParsedExecution parse(std::string_view json) { return parser().parse(element(json)); }

} // namespace tidemark::bodies
