#include "config/sections.hpp"
#include "config/suggest.hpp"
#include "config/task_words.hpp"

#include <fmt/format.h>

#include <variant>

namespace tidemark {
namespace {

const std::vector<std::string> rule_groups = {"task", "rows", "error", "source", "seconds"};
const std::vector<std::string> convention_groups = {"source"};

template <typename Section>
SectionKey<Section> pattern_key(const std::vector<std::string>& allowed) {
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
        key("severity", &RuleConfig::severities, read_integers),
        key("job", &RuleConfig::job, read_text),
        key("kind", &RuleConfig::kind, read_kind),
    };
}

SectionKey<AttributionConfig> rules_key() {
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

/// `{ job = "Prod*", source = "Finance" }`.
ExplicitSource read_entry(const Field& field, const std::string& task) {
    const Keys<ExplicitSource> keys = {key("job", &ExplicitSource::job, read_text),
                                       key("source", &ExplicitSource::source, read_text)};
    ExplicitSource entry{.task = task};
    read_table(field, keys, entry);
    require(field, "source");
    return entry;
}

/// A task's source is a string, or an array of tables that narrow it to jobs.
void read_sources(const Field& table, AttributionConfig& attribution) {
    for (const Member& member : read_members(table)) {
        const Field field = table.at(member);
        if (std::holds_alternative<std::string>(member.value.content)) {
            attribution.sources.push_back({.task = member.key, .source = read_text(field)});
            continue;
        }
        if (!std::holds_alternative<ValueList>(member.value.content)) {
            field.wrong_kind("a string, or an array of { job = …, source = … }");
        }
        for (const Field& element : read_tables(field))
            attribution.sources.push_back(read_entry(element, member.key));
    }
}

void read_known(const Field& table, AttributionConfig& attribution) {
    for (const Member& member : read_members(table)) {
        attribution.known.push_back(
            {.name = member.key, .short_names = read_texts(table.at(member))});
    }
}

constexpr std::string_view default_limit = "default";

/// A letter away from the word that it was meant to be, or in another case: it would be a data
/// source that nobody has, and all others would have no limit.
bool is_mistaken_default(std::string_view key) {
    return key != default_limit && edit_distance(lower_case(key), default_limit) <= 1;
}

void read_freshness(const Field& table, Config& config) {
    using std::chrono::seconds;
    for (const Member& member : read_members(table)) {
        const auto* text = std::get_if<std::string>(&member.value.content);
        if (text != nullptr && *text == "never") {
            if (member.key == "default") {
                table.at(member).fail("'freshness.default' cannot be 'never', which is for single "
                                      "data sources; leave it out for no limit");
            }
            config.freshness.retired.insert(member.key);
            continue;
        }
        const seconds oldest = read_duration(table.at(member), seconds{1});
        if (is_mistaken_default(member.key)) {
            const Field field = table.at(member);
            field.fail(fmt::format("'{}' is too near to '{}' to be a data source (did you mean "
                                   "'{}'?)",
                                   field.path, default_limit, default_limit));
        }
        if (member.key == default_limit) {
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
        {"known", read_known},
        attribution_tests_key(),
    };
}

SectionKey<Config> freshness_key() { return {"freshness", read_freshness, {"default"}}; }

} // namespace tidemark
