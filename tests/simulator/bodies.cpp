#include "simulator/bodies.hpp"

#include "simulator/arrange.hpp"
#include "simulator/execution_writer.hpp"
#include "simulator/hash.hpp"
#include "simulator/json_string.hpp"
#include "simulator/object_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace simulator {
namespace {

/// The values of an object's members, as JSON, by the member's number.
using Values = std::vector<std::string>;

constexpr MemberName job_members[] = {{"Id"}, {"Name"}, {"Folder", true}};
constexpr MemberName status_members[] = {{"JobId"}, {"Status"}, {"Message"}, {"Queue", true}};
constexpr MemberName execute_members[] = {{"JobId"}, {"Message"}, {"TriggerId"}};

std::string quoted(std::string_view text, const BodyOptions& options) {
    return fmt::format("\"{}\"", json_escaped(text, options.escape_non_ascii));
}

std::string object_text(const ObjectLayout& layout, const Values& values, std::uint64_t hash) {
    std::string text;
    layout.open(text);
    bool is_first = true;
    for (const unsigned member : layout.order(hash)) {
        layout.open_member(text, member, is_first);
        text += values[member];
        is_first = false;
    }
    layout.close(text);
    return text;
}

std::string array_text(const std::vector<std::string>& elements, const BodyOptions& options) {
    std::string text = "[";
    for (const std::string& element : elements) {
        if (text.size() > 1) text += ',';
        text += line_break(options, 1) + element;
    }
    return text + line_break(options, 0) + "]";
}

Values job_values(const Job& job, const BodyOptions& options) {
    return {quoted(to_text(job.id), options), quoted(job.name, options), R"("Nightly")"};
}

Values status_values(const Organisation& organisation, const Job& job, const BodyOptions& options) {
    const Status status = organisation.status(job.number);
    constexpr std::string_view messages[] = {"Idle", "Pending", "Running"};
    return {quoted(to_text(job.id), options), std::to_string(static_cast<int>(status)),
            quoted(messages[static_cast<std::size_t>(status)], options), "\"default\""};
}

bool same_id(const Guid& guid, std::string_view text) {
    return std::ranges::equal(
        to_text(guid), text, [](unsigned char a, unsigned char b) { return a == std::tolower(b); });
}

std::vector<Execution> chosen(const Organisation& organisation, const Job& job,
                              const std::optional<std::string>& trigger) {
    auto executions = organisation.executions(job.number);
    if (trigger) {
        std::erase_if(executions,
                      [&](const Execution& e) { return !same_id(e.trigger, *trigger); });
    }
    return executions;
}

void write_logs_body(const Sink& sink, const Organisation& organisation, const Job& job,
                     const BodyOptions& options, const std::vector<Execution>& executions) {
    PieceWriter out{sink};
    ExecutionWriter writer{organisation.options(), options, job};
    std::vector<std::size_t> numbers;
    arrange(numbers, executions.size(), options.order, job.id.high);
    out.text() += '[';
    std::string_view separator;
    for (const std::size_t number : numbers) {
        out.text() += separator;
        out.text() += line_break(options, 1);
        if (!writer.write(out, executions[number])) return;
        separator = ",";
    }
    out.text() += line_break(options, 0) + "]";
    out.flush();
}

} // namespace

Body jobs_body(const SharedOrganisation& organisation, const BodyOptions& options) {
    const ObjectLayout layout{job_members, 1, options};
    std::vector<std::string> elements;
    for (const Job& job : organisation->jobs()) {
        elements.push_back(object_text(layout, job_values(job, options), job.id.high));
    }
    return text_body(array_text(elements, options));
}

Body statuses_body(const SharedOrganisation& organisation, const BodyOptions& options) {
    const ObjectLayout layout{status_members, 1, options};
    std::vector<std::string> elements;
    for (const Job& job : organisation->jobs()) {
        elements.push_back(
            object_text(layout, status_values(*organisation, job, options), job.id.high));
    }
    return text_body(array_text(elements, options));
}

Body status_body(const SharedOrganisation& organisation, const Job& job,
                 const BodyOptions& options) {
    const ObjectLayout layout{status_members, 0, options};
    return text_body(object_text(layout, status_values(*organisation, job, options), job.id.high));
}

Body execute_body(const Job& job, const Guid& trigger, const BodyOptions& options) {
    const ObjectLayout layout{execute_members, 0, options};
    const Values values{quoted(to_text(job.id), options), quoted("Job queued", options),
                        quoted(to_text(trigger), options)};
    return text_body(object_text(layout, values, trigger.high));
}

Body logs_body(const SharedOrganisation& organisation, const Job& job, const BodyOptions& options,
               const std::optional<std::string>& trigger) {
    return [organisation, job, options,
            executions = chosen(*organisation, job, trigger)](const Sink& sink) {
        write_logs_body(sink, *organisation, job, options, executions);
    };
}

} // namespace simulator
