
#include "config/fields.hpp"
#include "config/sections.hpp"
#include "model/task_run.hpp"
#include "text/did_you_mean.hpp"
#include "text/regex.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace tidemark {
namespace {

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

TaskOutcome read_outcome(const Field& field) {
    const std::vector<std::string> known = {"started", "succeeded", "failed"};
    const std::string text = read_text(field);
    for (const auto outcome : {TaskOutcome::started, TaskOutcome::succeeded, TaskOutcome::failed}) {
        if (to_text(outcome) == text) return outcome;
    }
    field.fail(fmt::format("'{}' must be 'started', 'succeeded' or 'failed', not {}{}", field.path,
                           in_quotes(text), did_you_mean(text, known)));
}

TaskKind read_kind(const Field& field) {
    const std::string text = read_text(field);
    if (const auto kind = task_kind_from_text(text)) return *kind;
    field.fail(fmt::format("'{}' must be one of '{}', not {}{}", field.path,
                           fmt::join(task_kinds(), "', '"), in_quotes(text),
                           did_you_mean(text, task_kinds())));
}

std::string read_pattern(const Field& field, const std::vector<std::string>& allowed) {
    std::string pattern = read_text(field);
    if (const auto error = pattern_error(pattern)) {
        field.fail(fmt::format("'{}' {}", field.path, *error));
    }
    check_groups(field, pattern_groups(pattern), allowed);
    return pattern;
}

std::vector<std::int64_t> read_integers(const Field& field) {
    const auto* list = std::get_if<ValueList>(&field.value.content);
    if (list == nullptr) return {read_integer(field)};
    std::vector<std::int64_t> numbers;
    for (const TomlValue& value : *list)
        numbers.push_back(read_integer({field.file, field.path, value}));
    return numbers;
}

const std::vector<std::string> rule_groups = {"task", "rows", "error", "source", "seconds", "code"};
const std::vector<std::string> convention_groups = {"source"};

template <typename Section>
SectionKey<Section> pattern_key(const std::vector<std::string>& allowed) {
    return {"pattern", [&allowed](const Field& field, Section& section) {
                section.pattern = read_pattern(field, allowed);
                section.line = field.value.line;
                if constexpr (requires { section.file; }) section.file = field.file;
            }};
}

Keys<RuleConfig> rule_keys() {
    return {
        key("name", &RuleConfig::name, read_name),
        pattern_key<RuleConfig>(rule_groups),
        key("outcome", &RuleConfig::outcome, read_outcome),
        key("severity", &RuleConfig::severities, read_integers),
        key("job", &RuleConfig::job, read_name),
        key("kind", &RuleConfig::kind, read_kind),
        key("partial", &RuleConfig::partial, read_boolean),
        key("multiline", &RuleConfig::multiline, read_boolean),
        key("each", &RuleConfig::each, read_boolean),
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
    const Keys<ExplicitSource> keys = {key("job", &ExplicitSource::job, read_name),
                                       key("source", &ExplicitSource::source, read_name)};
    ExplicitSource entry{.task = task};
    read_table(field, keys, entry);
    require(field, "source");
    return entry;
}

/// A task's source is a string, or an array of tables that narrow it to jobs.
void read_sources(const Field& table, AttributionConfig& attribution) {
    for (const Member& member : read_named_members(table)) {
        const Field field = table.at(member);
        if (std::holds_alternative<std::string>(member.value.content)) {
            attribution.sources.push_back({.task = member.key, .source = read_name(field)});
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
    for (const Member& member : read_named_members(table)) {
        attribution.known.push_back(
            {.name = member.key, .short_names = read_names(table.at(member))});
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
    for (const Member& member : read_named_members(table)) {
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

const std::vector<std::string>& default_failure_words() {
    static const std::vector<std::string> words = {
        "error",       "fail",     "unsuccess",   "abort",    "cancel",      "timeout",
        "timed",       "denied",   "exception",   "rejected", "fatal",       "crash",
        "killed",      "fehl",     "fehler",      "abbruch",  "abgebrochen", "abgelehnt",
        "gescheitert", "misslung", "fejl",        "mislyk",   "afbrud",      "afbryd",
        "annuller",    "fout",     "mislukt",     "misslyck", "avbrut",      "avbryt",
        "feil",        "échec",    "échou",       "erreur",   "annul",       "interrom",
        "fallo",       "falló",    "fallid",      "fallit",   "erróne",      "fracas",
        "interrot",    "erro",     "falha",       "falhou",   "błąd",        "nieudan",
        "virhe",       "epäonn",   "unterbrochen"};
    return words;
}

Keys<AttributionConfig> included_keys() {
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

Keys<AttributionConfig> attribution_keys() {
    Keys<AttributionConfig> keys = included_keys();
    keys.push_back(key("include", &AttributionConfig::include, read_path));
    keys.push_back(key("failure_words", &AttributionConfig::failure_words, read_texts));
    return keys;
}

SectionKey<Config> freshness_key() { return {"freshness", read_freshness, {"default"}}; }

namespace {

/// A data source's name; "" for none.
std::string read_source(const Field& field) {
    const auto* text = std::get_if<std::string>(&field.value.content);
    return text != nullptr && text->empty() ? "" : read_text(field);
}

std::int64_t read_rows(const Field& field) { return read_integer(field, 0, INT64_MAX); }

std::int64_t read_number(const Field& field) { return read_integer(field); }

Keys<AttributionTest> keys() {
    return {
        {"message",
         [](const Field& field, AttributionTest& test) {
             test.message = read_text(field);
             test.file = field.file;
             test.line = field.value.line;
         }},
        key("job", &AttributionTest::job, read_text),
        key("severity", &AttributionTest::severity, read_number),
        key("task", &AttributionTest::task, read_text),
        key("source", &AttributionTest::source, read_source),
        key("outcome", &AttributionTest::outcome, read_outcome),
        key("rows", &AttributionTest::rows, read_rows),
        key("kind", &AttributionTest::kind, read_kind),
        key("matches", &AttributionTest::matches, read_boolean),
    };
}

/// A test for a message without a match cannot expect values from the message.
void check(const Field& field, const AttributionTest& test) {
    if (test.matches) return;
    if (test.task || test.source || test.outcome || test.rows || test.kind) {
        field.fail(fmt::format(
            "'{}.matches' is false, so nothing else can be expected of the message", field.path));
    }
}

} // namespace

SectionKey<AttributionConfig> attribution_tests_key() {
    return {"test",
            [](const Field& field, AttributionConfig& attribution) {
                for (const Field& element : read_tables(field)) {
                    AttributionTest test;
                    read_table(element, keys(), test);
                    require(element, "message");
                    check(element, test);
                    attribution.tests.push_back(std::move(test));
                }
            },
            dotted_names(keys())};
}

} // namespace tidemark
