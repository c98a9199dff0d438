#include "simulator_tests/reading.hpp"

#include "simulator/bodies.hpp"
#include "simulator/lower_case.hpp"

#include <fmt/format.h>
#include <simdjson.h>

namespace simulator::test {
namespace {

bool is_time(std::string_view name) { return name.find("time") != std::string_view::npos; }

/// Without `+02:00`, which says nothing that the test does not know.
std::string_view without_offset(std::string_view time) { return time.substr(0, time.find('+')); }

std::string normal_time(std::string_view time, std::chrono::hours shift) {
    const Moment moment = parse_moment(without_offset(time)) - shift;
    const auto since = std::chrono::floor<std::chrono::microseconds>(moment).time_since_epoch();
    return std::to_string(since.count());
}

std::string value_text(std::string_view name, simdjson::dom::element value,
                       std::chrono::hours shift) {
    if (is_time(name) && value.is_string()) {
        return normal_time(std::string_view{value}, shift);
    }
    return value.is_string() ? std::string{std::string_view{value}} : simdjson::minify(value);
}

Record read_record(simdjson::dom::object object, std::chrono::hours shift) {
    Record record;
    for (const auto [key, value] : object) {
        const std::string name = lower_case(key);
        if (name != "jobexecutionlogs") record[name] = value_text(name, value, shift);
    }
    return record;
}

void read_lines(ReadExecution& execution, simdjson::dom::element logs, std::chrono::hours shift) {
    if (logs.is_null()) return;
    for (const simdjson::dom::element line : simdjson::dom::array{logs}) {
        Record record = read_record(line, shift);
        execution.log_ids.push_back(record.at("id"));
        execution.logs[record.at("id")] = std::move(record);
    }
}

ReadExecution read_execution(simdjson::dom::object object, std::chrono::hours shift) {
    ReadExecution execution{read_record(object, shift), {}, {}};
    for (const auto [key, value] : object) {
        if (lower_case(key) == "jobexecutionlogs") read_lines(execution, value, shift);
    }
    return execution;
}

} // namespace

ReadBody read_logs(std::string_view body, std::chrono::hours shift) {
    simdjson::dom::parser parser;
    ReadBody read;
    const simdjson::padded_string padded{body};
    const simdjson::dom::array array = parser.parse(padded);
    for (const simdjson::dom::element element : array) {
        ReadExecution execution = read_execution(element, shift);
        const std::string id = execution.members.at("id");
        read.ids.push_back(id);
        read.executions[id] = std::move(execution);
    }
    return read;
}

Options small_options() {
    Options options;
    options.organisation.seed = 5;
    options.organisation.jobs = 3;
    options.organisation.start = parse_moment("2026-10-01");
    options.organisation.trigger_percent = 30;
    options.organisation.fail_percent = 30;
    return options;
}

Moment small_now() { return parse_moment("2026-10-09T12:00:00Z"); }

std::string logs_text(const Options& options, Moment now, std::size_t job) {
    const auto organisation = std::make_shared<const Organisation>(options.organisation, now);
    return collect(logs_body(organisation, organisation->jobs().at(job), options.body));
}

std::string plain_text() { return logs_text(small_options(), small_now()); }

Request get(const std::string& path) { return {.method = "GET", .path = path}; }

Request post(const std::string& path, std::map<std::string, std::string> params) {
    return {.method = "POST", .path = path, .params = std::move(params)};
}

std::string logs_path(std::size_t job) {
    const Organisation organisation{small_options().organisation, small_now()};
    return fmt::format("/public/jobs/{}/logs", to_text(organisation.jobs().at(job).id));
}

} // namespace simulator::test
