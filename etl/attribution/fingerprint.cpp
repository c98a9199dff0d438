#include "attribution/fingerprint.hpp"

#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

namespace tidemark {
namespace {

/// Raised when this program stores other runs of the same messages by the same rules.
constexpr std::string_view method = "4";

/// Appends a text so that no two lists of texts read the same.
void add(std::string& to, std::string_view text) {
    fmt::format_to(std::back_inserter(to), "{}:{}", text.size(), text);
}

void add_optional(std::string& to, const std::optional<std::string>& text) {
    to += text ? '+' : '-';
    add(to, text.value_or(""));
}

void add(std::string& to, const RuleConfig& rule) {
    add(to, rule.name);
    add(to, rule.pattern);
    add(to, rule.outcome ? to_text(*rule.outcome) : "");
    add_optional(to, rule.job);
    add(to, to_text(rule.kind));
    add(to, fmt::format("{}", fmt::join(rule.severities, ",")));
    add(to, fmt::format("{}{}{}", rule.partial, rule.multiline, rule.each));
}

} // namespace

std::string fingerprint(const AttributionConfig& config) {
    std::vector<ExplicitSource> sources = config.sources; // in which the order says nothing
    std::sort(sources.begin(), sources.end());
    std::string text{method};
    for (const RuleConfig& rule : config.rules)
        add(text, rule);
    text += "sources";
    for (const ExplicitSource& entry : sources) {
        add(text, entry.task);
        add(text, entry.source);
        add_optional(text, entry.job);
    }
    text += "conventions";
    for (const ConventionConfig& convention : config.conventions)
        add(text, convention.pattern);
    text += "known";
    for (const KnownSource& known : config.known) {
        add(text, known.name);
        add(text, fmt::format("{}", known.short_names.size()));
        for (const std::string& name : known.short_names)
            add(text, name);
    }
    return hash_text(text);
}

std::string fingerprint(const SourceConfig& config) {
    const StateMap& states = config.states;
    return fmt::format("none={} running={} completed={} failed={} timezone={}", states.none,
                       states.running, states.completed, states.failed, config.timezone.name());
}

} // namespace tidemark
