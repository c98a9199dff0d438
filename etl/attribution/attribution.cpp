#include "attribution/attribution.hpp"

#include "attribution/rules.hpp"
#include "attribution/source_ladder.hpp"
#include "attribution/task_history.hpp"
#include "parse/text.hpp"

#include <map>
#include <tuple>
#include <utility>

namespace tidemark {
namespace {

/// The task runs of one execution, while its messages are told in order.
class RunList {
public:
    RunList(SourceLadder& ladder, const Job& job, const Execution& execution)
        : m_ladder(ladder), m_job(job), m_execution(execution) {}

    /// The run that a message belongs to: its task's, within the task's data source.
    RunHistory& run_of(const TaskMention& mention) {
        const auto [known, is_new] = m_by_words.try_emplace(
            {mention.task, mention.source.value_or(""), mention.kind}, m_runs.size());
        if (is_new) known->second = place_of(mention);
        return m_runs[known->second];
    }

    /// All runs, when everything has been told of the execution.
    std::vector<TaskRun> close() {
        std::vector<TaskRun> runs;
        for (RunHistory& history : m_runs) {
            tidemark::close(history);
            runs.push_back(std::move(history.run));
        }
        return runs;
    }

private:
    /// Two wordings may lead to the same source: the run is one.
    std::size_t place_of(const TaskMention& mention) {
        auto [source, why] = m_ladder.source_of(
            {.name = mention.task, .said = mention.source, .kind = mention.kind, .job = &m_job});
        if (source) source = storable_name(*source);
        const auto [known, is_new] = m_by_source.try_emplace({mention.task, source}, m_runs.size());
        if (is_new) {
            m_runs.push_back({.execution = &m_execution,
                              .run = {.task = storable_name(mention.task),
                                      .source = std::move(source),
                                      .attributed_by = std::move(why),
                                      .rule = std::string{mention.rule},
                                      .kind = mention.kind}});
        }
        return known->second;
    }

    SourceLadder& m_ladder;
    const Job& m_job;
    const Execution& m_execution;
    std::vector<RunHistory> m_runs;
    std::map<std::tuple<std::string_view, std::string_view, TaskKind>, std::size_t> m_by_words;
    std::map<std::pair<std::string_view, std::optional<std::string>>, std::size_t> m_by_source;
};

} // namespace

struct Attribution::Impl {
    Rules rules;
    SourceLadder ladder;
};

Attribution::Attribution(const AttributionConfig& config)
    : m_impl(new Impl{Rules{config.rules}, SourceLadder{config}}) {}

Attribution::~Attribution() = default;
Attribution::Attribution(Attribution&&) noexcept = default;

std::optional<TaskMention> Attribution::mention(std::string_view message,
                                                const LineContext& context) const {
    return JobRules{m_impl->rules, context.job}.mention(message, context.severity);
}

SourceOfTask Attribution::source_of(const TaskOfMessage& task) const {
    return m_impl->ladder.source_of(task);
}

std::vector<TaskRun> Attribution::task_runs(const Execution& execution, const Job& job) const {
    const JobRules rules{m_impl->rules, &job};
    RunList list{m_impl->ladder, job, execution};
    for (const Log& log : execution.logs) {
        if (!log.message) continue;
        if (const auto said = rules.mention(*log.message, log.severity))
            tell(list.run_of(*said), {&log, *said});
    }
    return list.close();
}

} // namespace tidemark
