#include "attribution/attribution.hpp"

#include "attribution/pattern.hpp"
#include "attribution/row_count.hpp"
#include "attribution/source_ladder.hpp"
#include "attribution/task_history.hpp"

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

struct Rule {
    std::string name;
    Pattern pattern;
    std::optional<TaskOutcome> outcome;
};

std::optional<std::string_view> unless_empty(std::string_view text) {
    if (text.empty()) return std::nullopt;
    return text;
}

std::optional<TaskMention> mention_of(const Rule& rule, const Captures& captures) {
    if (captures.task.empty()) return std::nullopt;
    return TaskMention{
        .task = captures.task,
        .rule = rule.name,
        .outcome = rule.outcome,
        .row_count = parse_row_count(captures.rows),
        .error = unless_empty(captures.error),
        .source = unless_empty(captures.source),
    };
}

/// The task runs of one execution, while its messages are told in order.
class RunList {
public:
    explicit RunList(SourceLadder& ladder) : m_ladder(ladder) {}

    /// The run that a message belongs to: its task's, within the task's data source.
    TaskRun& run_of(const TaskMention& mention) {
        const auto [known, is_new] =
            m_by_words.try_emplace({mention.task, mention.source.value_or("")}, m_runs.size());
        if (is_new) known->second = place_of(mention);
        return m_runs[known->second];
    }

    std::vector<TaskRun> take() { return std::move(m_runs); }

private:
    /// Two wordings may lead to the same source: the run is one.
    std::size_t place_of(const TaskMention& mention) {
        auto [source, why] = m_ladder.source_of(mention.task, mention.source);
        const auto [known, is_new] = m_by_source.try_emplace({mention.task, source}, m_runs.size());
        if (is_new) {
            m_runs.push_back({.task = std::string{mention.task},
                              .source = std::move(source),
                              .attributed_by = std::move(why)});
        }
        return known->second;
    }

    SourceLadder& m_ladder;
    std::vector<TaskRun> m_runs;
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> m_by_words;
    std::map<std::pair<std::string_view, std::optional<std::string>>, std::size_t> m_by_source;
};

} // namespace

struct Attribution::Impl {
    std::vector<Rule> rules;
    SourceLadder ladder;
};

Attribution::Attribution(const AttributionConfig& config)
    : m_impl(new Impl{{}, SourceLadder{config}}) {
    for (const RuleConfig& rule : config.rules) {
        m_impl->rules.push_back({rule.name, Pattern{rule.pattern}, rule.outcome});
    }
}

Attribution::~Attribution() = default;
Attribution::Attribution(Attribution&&) noexcept = default;

std::optional<TaskMention> Attribution::mention(std::string_view message) const {
    for (const Rule& rule : m_impl->rules) {
        if (const auto captures = rule.pattern.find(message)) return mention_of(rule, *captures);
    }
    return std::nullopt;
}

SourceOfTask Attribution::source_of(std::string_view task,
                                    std::optional<std::string_view> said) const {
    return m_impl->ladder.source_of(task, said);
}

std::vector<TaskRun> Attribution::task_runs(const Execution& execution) const {
    std::vector<TaskEvent> events;
    for (const Log& log : execution.logs) {
        if (!log.message) continue;
        if (auto said = mention(*log.message)) events.push_back({&log, *said});
    }
    std::sort(events.begin(), events.end(), event_order);
    RunList list{m_impl->ladder};
    for (const TaskEvent& event : events)
        tell(list.run_of(event.mention), event);
    std::vector<TaskRun> runs = list.take();
    if (!execution.is_open()) std::for_each(runs.begin(), runs.end(), close);
    return runs;
}

} // namespace tidemark
