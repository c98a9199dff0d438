#include "attribution/rule_checks.hpp"

#include "attribution/failure_words.hpp"
#include "attribution/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace tidemark {
namespace {

Job job_named(const std::string& name) {
    return {.id = parse_guid(name).value_or(Guid{}), .name = name};
}

std::string named(std::string_view text) { return fmt::format("'{}'", text); }

/// Adds a line when something is expected and another thing is there.
class Differences {
public:
    template <typename T, typename Got, typename Words>
    void compare(std::string_view what, const std::optional<T>& expected, const Got& got,
                 Words in_words) {
        if (!expected || Got{*expected} == got) return;
        m_lines.push_back(
            fmt::format("{}: expected {}, got {}", what, in_words(Got{*expected}), in_words(got)));
    }

    std::vector<std::string> result() { return std::move(m_lines); }

private:
    std::vector<std::string> m_lines;
};

std::string outcome_in_words(std::optional<TaskOutcome> outcome) {
    return outcome ? named(to_text(*outcome)) : "none, the rule only names the task";
}

std::string rows_in_words(std::optional<std::int64_t> rows) {
    return rows ? fmt::format("{}", *rows) : "none";
}

std::vector<std::string> differences(const AttributionTest& test, const TaskMention& mention,
                                     const SourceOfTask& source) {
    Differences found;
    found.compare("task", test.task, std::string{mention.task}, named);
    found.compare("outcome", test.outcome, mention.outcome, outcome_in_words);
    found.compare("rows", test.rows, mention.row_count, rows_in_words);
    found.compare("kind", test.kind, mention.kind,
                  [](TaskKind kind) { return named(to_text(kind)); });
    found.compare("source", test.source, source.source.value_or(""), [&](const std::string& name) {
        return name.empty() ? std::string{"no data source"} : named(name);
    });
    auto lines = found.result();
    if (!lines.empty() && lines.back().starts_with("source:")) {
        lines.back() += fmt::format(" (attributed by: {})", source.attributed_by);
    }
    return lines;
}

TestFailure run(const Attribution& attribution, const AttributionTest& test) {
    const Job job = job_named(test.job.value_or(""));
    const Job* known_job = test.job ? &job : nullptr;
    const auto mention = attribution.mention(test.message, {known_job, test.severity});
    TestFailure result{.test = &test, .matched = std::string{mention ? mention->rule : ""}};
    if (!mention && test.matches) {
        result.differences = {"no rule matches it"};
    } else if (mention && !test.matches) {
        result.differences = {
            fmt::format("no rule may match it, but it names the task '{}'", mention->task)};
    } else if (mention) {
        const auto source = attribution.source_of({.name = mention->task,
                                                   .source = mention->source,
                                                   .kind = mention->kind,
                                                   .job = known_job});
        result.differences = differences(test, *mention, source);
    }
    return result;
}

} // namespace

std::vector<TestFailure> failed_tests(const AttributionConfig& config) {
    const Attribution attribution{config};
    std::vector<TestFailure> failures;
    for (const AttributionTest& test : config.tests) {
        TestFailure result = run(attribution, test);
        if (!result.differences.empty()) failures.push_back(std::move(result));
    }
    return failures;
}

struct RuleUsage::Impl {
    struct Suspicion {
        std::int64_t messages = 0;
        std::string word;
        std::string example;
    };

    explicit Impl(const AttributionConfig& config)
        : rules(config.rules),
          matches(rules.size()),
          decided_by(rules.size()),
          suspicions(rules.size()),
          failure_words(config.failure_words) {}

    /// Looks for a word of failure in what a success rule takes.
    void note_failure_word(std::size_t index, std::string_view message, std::int64_t count) {
        const Rule& rule = rules[index];
        if (rule.config.outcome != TaskOutcome::succeeded) return;
        for (const Captures& captures : rule.pattern.find_all(message)) {
            const std::string_view said = rule.config.each ? captures.whole : message;
            const auto word =
                failure_word_in(said, {captures.task, captures.source}, failure_words);
            if (!word) continue;
            Suspicion& found = suspicions[index];
            if (found.messages == 0) found = {0, *word, std::string{said.substr(0, most_shown)}};
            found.messages += count;
            return;
        }
    }

    static constexpr std::size_t most_shown = 200;

    Rules rules;
    std::int64_t messages = 0;
    std::vector<std::int64_t> matches; ///< by rule
    std::vector<std::map<std::size_t, std::int64_t>>
        decided_by; ///< by rule, and by the rule that decides
    std::vector<Suspicion> suspicions;
    std::vector<std::string> failure_words;
};

RuleUsage::RuleUsage(const AttributionConfig& config) : m_impl(new Impl{config}) {}
RuleUsage::~RuleUsage() = default;
RuleUsage::RuleUsage(RuleUsage&&) noexcept = default;

void RuleUsage::observe(std::string_view message, const LineContext& context, std::int64_t count) {
    m_impl->messages += count;
    std::optional<std::size_t> first;
    m_impl->rules.each_candidate(message, [&](std::size_t i) {
        const Rule& rule = m_impl->rules[i];
        if (!rule.holds_for(context.job) || !rule.holds_for(context.severity)) return true;
        if (!rule.pattern.find(message)) return true;
        if (!first) first = i;
        const bool decides = i == *first || (rule.config.each && m_impl->rules[*first].config.each);
        m_impl->matches[i] += count;
        m_impl->decided_by[i][decides ? i : *first] += count;
        if (decides) m_impl->note_failure_word(i, message, count);
        return true;
    });
}

std::int64_t RuleUsage::messages() const { return m_impl->messages; }

std::vector<RuleUse> RuleUsage::uses() const {
    std::vector<RuleUse> uses;
    for (std::size_t i = 0; i < m_impl->rules.size(); ++i) {
        const RuleConfig& rule = m_impl->rules[i].config;
        auto decided_by = m_impl->decided_by[i];
        RuleUse use{.rule = rule.name,
                    .file = rule.file,
                    .line = rule.line,
                    .matches = m_impl->matches[i],
                    .decides = decided_by[i]};
        decided_by.erase(i); // what is left, earlier rules took
        const auto most = std::max_element(
            decided_by.begin(), decided_by.end(),
            [](const auto& left, const auto& right) { return left.second < right.second; });
        if (most != decided_by.end() && most->second > 0)
            use.shadowed_by = m_impl->rules[most->first].config.name;
        const auto& suspicion = m_impl->suspicions[i];
        use.doubtful = suspicion.messages;
        use.failure_word = suspicion.word;
        use.example = suspicion.example;
        uses.push_back(std::move(use));
    }
    return uses;
}

} // namespace tidemark
