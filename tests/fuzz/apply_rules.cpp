#include "attribution/task_runs.hpp"
#include "error.hpp"
#include "fuzz/targets.hpp"
#include "learning/rule_writing.hpp"
#include "templates/template.hpp"
#include "text/regex.hpp"
#include "text/utf8.hpp"

#include <functional>

namespace tidemark::fuzz {
namespace {

/// The text up to a line feed, which is taken away with it.
std::string_view next_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

void require_within(std::string_view part, std::string_view message) {
    const std::less_equal<> not_after;
    require(part.empty() || (not_after(message.data(), part.data()) &&
                             not_after(part.data() + part.size(), message.data() + message.size())),
            "what is captured lies in the message");
}

std::optional<Attribution> compiled(const AttributionConfig& config) {
    try {
        return Attribution(config);
    } catch (const ConfigError&) {
        return std::nullopt;
    }
}

/// A path may hold spaces that no pattern is made for.
bool holds_path(std::string_view message) {
    return message.find_first_of("/\\") != std::string_view::npos;
}

void require_suggestion_matches(std::string_view message) {
    const std::string example{masked_part(message)};
    const std::string pattern = pattern_without_name(example);
    require(!pattern_error(pattern), "a suggested pattern is RE2: " + pattern);
    require(holds_path(example) || example.size() != message.size() ||
                Pattern(pattern).find(message).has_value(),
            "a suggested pattern matches its message: " + pattern);
}

} // namespace

void apply_rules(std::string_view input) {
    AttributionConfig config;
    const std::string pattern{next_line(input)};
    const std::string convention{next_line(input)};
    config.rules.push_back(
        {.name = "fuzzed", .pattern = pattern, .outcome = TaskOutcome::succeeded});
    config.conventions.push_back({.pattern = convention});
    config.known.push_back({.name = "Finance", .short_names = {"FIN", "GL"}});

    Execution execution;
    execution.ended_at = Timestamp{};
    for (std::uint8_t id = 0; id < 8 && !input.empty(); ++id) {
        Log log;
        log.logged_at = Timestamp{std::chrono::seconds{id}};
        log.message = storable(next_line(input)); // as the parser hands messages on
        execution.logs.push_back(log);
    }
    const auto attribution = compiled(config);
    require(attribution.has_value() == (!pattern_error(pattern) && !pattern_error(convention)),
            "a pattern is refused when RE2 refuses it");
    if (attribution) {
        for (const Log& log : execution.logs) {
            if (const auto mention = attribution->mention(*log.message)) {
                require_within(mention->task, *log.message);
                require_within(mention->error.value_or(""), *log.message);
                require_within(mention->source.value_or(""), *log.message);
            }
        }
        const Job job;
        require(attribution->task_runs(execution, job) == attribution->task_runs(execution, job),
                "the same log gives the same task runs");
    }
    for (const Log& log : execution.logs)
        require_suggestion_matches(*log.message);
}

} // namespace tidemark::fuzz
