#include "attribution/attribution.hpp"
#include "config/sections.hpp"
#include "config/suggest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tidemark {
namespace {

const std::vector<std::string> rule_groups = {"task", "rows", "error", "source"};
const std::vector<std::string> convention_groups = {"source"};

bool contains(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

void check_groups(const Field& field, const std::vector<std::string>& groups,
                  const std::vector<std::string>& allowed) {
    for (const std::string& group : groups) {
        if (contains(allowed, group)) continue;
        const std::string near = did_you_mean(group, allowed);
        field.fail(fmt::format(
            "'{}' has an unknown group '{}'{}", field.path, group,
            near.empty() ? fmt::format(" (known: '{}')", fmt::join(allowed, "', '")) : near));
    }
    if (!contains(groups, allowed.front())) {
        field.fail(fmt::format("'{0}' lacks the group '{1}' (write (?P<{1}>.+?) where it stands)",
                               field.path, allowed.front()));
    }
}

/// A pattern whose groups are all among the allowed ones, the first of which it must have.
std::string read_pattern(const Field& field, const std::vector<std::string>& allowed) {
    std::string pattern = read_text(field);
    if (const auto error = pattern_error(pattern)) {
        field.fail(fmt::format("'{}' is refused by RE2: {}", field.path, in_quotes(*error)));
    }
    check_groups(field, pattern_groups(pattern), allowed);
    return pattern;
}

TaskOutcome read_outcome(const Field& field) {
    const std::vector<std::string> known = {"started", "succeeded", "failed"};
    const std::string text = read_text(field);
    for (const auto outcome : {TaskOutcome::started, TaskOutcome::succeeded, TaskOutcome::failed}) {
        if (to_text(outcome) == text) return outcome;
    }
    field.fail(fmt::format("'{}' must be 'started', 'succeeded' or 'failed', not {}{}", field.path,
                           in_quotes(text), did_you_mean(text, known)));
}

template <typename Section> Key<Section> pattern_key(const std::vector<std::string>& allowed) {
    return {"pattern", [&allowed](const Field& field, Section& section) {
                section.pattern = read_pattern(field, allowed);
                section.line = field.value.line;
            }};
}

Keys<RuleConfig> rule_keys() {
    return {
        key("name", &RuleConfig::name, read_text),
        pattern_key<RuleConfig>(rule_groups),
        key("outcome", &RuleConfig::outcome, read_outcome),
    };
}

Key<AttributionConfig> rules_key() {
    auto rules = tables_key("rule", &AttributionConfig::rules, rule_keys(), "pattern");
    rules.read = [read = rules.read](const Field& field, AttributionConfig& attribution) {
        read(field, attribution);
        int number = 0;
        for (RuleConfig& rule : attribution.rules) {
            ++number;
            if (rule.name.empty()) rule.name = fmt::format("rule {}", number);
        }
    };
    return rules;
}

void read_sources(const Field& table, AttributionConfig& attribution) {
    for (const Member& member : read_members(table)) {
        attribution.sources[member.key] = read_text(table.at(member));
    }
}

void read_freshness(const Field& table, Config& config) {
    using std::chrono::seconds;
    for (const Member& member : read_members(table)) {
        const seconds oldest = read_duration(table.at(member), seconds{1});
        if (member.key == "default") {
            config.freshness.by_default = oldest;
        } else {
            config.freshness.by_source[member.key] = oldest;
        }
    }
}

} // namespace

Keys<AttributionConfig> attribution_keys() {
    const Keys<ConventionConfig> convention_keys = {
        pattern_key<ConventionConfig>(convention_groups)};
    return {
        rules_key(),
        {"sources", read_sources},
        tables_key("convention", &AttributionConfig::conventions, convention_keys, "pattern"),
    };
}

Key<Config> freshness_key() { return {"freshness", read_freshness, {"default"}}; }

} // namespace tidemark
