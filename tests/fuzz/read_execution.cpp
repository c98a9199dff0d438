#include "fuzz/targets.hpp"
#include "parse/execution_bodies.hpp"

#include <simdjson.h>

namespace tidemark::fuzz {
namespace {

void require_text(const std::string& text) {
    require(simdjson::validate_utf8(text) && text.find('\0') == std::string::npos,
            "a text is UTF-8 without NUL");
}

} // namespace

void read_execution(std::string_view input) {
    ExecutionParser parser = bodies::parser();
    const ArrayElement element = bodies::element(input);
    const ParsedExecution parsed = parser.parse(element);
    require(parsed.execution || !parsed.rejections.empty(), "a record is read or rejected");
    for (const Rejection& rejection : parsed.rejections)
        require(!rejection.reason.empty(), "a rejection says why");
    require(parser.parse(element).execution == parsed.execution, "reading twice gives the same");

    if (!parsed.execution) return;
    const Execution& execution = *parsed.execution;
    require_text(execution.extra);
    for (const Log& log : execution.logs) {
        require_text(log.message.value_or(""));
        require_text(log.extra);
    }
    Execution again = execution;
    normalize(again);
    require(again == execution, "an execution that was read is normalized");
    if (const auto head = parser.head(element))
        require(head->id == execution.id && head->created_at == execution.created_at,
                "the head is that of the execution");
}

} // namespace tidemark::fuzz
