#include "sync/follow.hpp"

#include "error.hpp"
#include "parse/array_splitter.hpp"
#include "parse/execution_parser.hpp"
#include "sync/execution_versions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

namespace tidemark {
namespace {

using std::chrono::milliseconds;

/// So often in a row the log may lack executions that it had before: a moment's inconsistency
/// of the source is no end.
constexpr int most_lapses = 5;

/// Reads a trigger's log each time that it is asked for, and tells of what is new in it. Of an
/// execution that it told of, the ids of its lines stay in memory.
class TriggerLog : public LogReader {
public:
    TriggerLog(const SourceConfig& config, const Guid& trigger_id, const RunEvents& events)
        : m_config(config), m_trigger_id(trigger_id), m_events(events) {}

    BodyVersion stored_version(const Job& /*job*/) override { return {}; }

    void begin(const Job& job) override {
        m_present.clear();
        m_parser.emplace(job.id, m_config.timezone, m_config.states);
        m_splitter.emplace(m_config.max_execution_bytes,
                           [this](const ArrayElement& element) { return add(element), true; });
    }

    bool bytes(const Job& /*job*/, std::string_view chunk) override {
        return m_splitter->feed(chunk);
    }

    BodyState end(const Job& /*job*/) override {
        return m_splitter->closed() ? BodyState::whole : BodyState::cut_short;
    }

    void succeeded(const Job& /*job*/, const BodyVersion& /*version*/) override {}
    void unchanged(const Job& /*job*/) override {}
    void failed(const Job& /*job*/, const std::string& why) override { throw Error(why); }

    [[nodiscard]] bool is_empty() const { return m_executions.empty(); }

    /// Whether it lacks some of those that it had.
    [[nodiscard]] bool has_lapsed() const { return m_present.size() < m_executions.size(); }

    [[nodiscard]] bool has_ended() const {
        return !is_empty() && std::ranges::none_of(m_executions, &Known::is_open);
    }

    /// Of all that have ended.
    [[nodiscard]] RunEnd verdict() const {
        const bool completed = std::ranges::all_of(
            m_executions, [](const auto& known) { return known.second.state == State::completed; });
        return completed ? RunEnd::completed : RunEnd::failed;
    }

private:
    struct Known {
        State state = State::unknown;
        bool open = true;
        VersionRank rank{}; ///< of the version that counts in the latest reading
        std::unordered_set<Guid> lines{};

        static bool is_open(const std::pair<const Guid, Known>& entry) { return entry.second.open; }
    };

    void add(const ArrayElement& element) {
        const ParsedExecution parsed = m_parser->parse(element);
        if (!parsed.execution) {
            throw Error(fmt::format("an execution of the run cannot be read: {}",
                                    parsed.rejections.empty() ? "it was rejected before"
                                                              : parsed.rejections.front().reason));
        }
        if (parsed.execution->trigger_id != m_trigger_id) {
            throw Error(
                fmt::format("the API's log of the run holds execution '{}', which is not of "
                            "the run by its TriggerId",
                            to_text(parsed.execution->id)));
        }
        report(*parsed.execution);
    }

    void report(const Execution& execution) {
        const bool is_repeated = !m_present.insert(execution.id).second;
        const auto [found, is_new] = m_executions.try_emplace(execution.id);
        Known& known = found->second;
        if (is_new) {
            m_events.picked_up(execution);
        }
        for (const Log& log : execution.logs) {
            if (!known.lines.insert(log.id).second) continue;
            m_events.line(log);
        }
        const VersionRank rank = rank_of(execution);
        if (is_repeated && rank < known.rank) return;
        known.rank = rank;
        const bool was_open = std::exchange(known.open, execution.is_open());
        known.state = execution.state;
        if (was_open && !known.open) m_events.ended(execution);
    }

    const SourceConfig& m_config;
    Guid m_trigger_id;
    const RunEvents& m_events;
    std::optional<ExecutionParser> m_parser; ///< of the reading that is under way
    std::optional<ArraySplitter> m_splitter;
    std::map<Guid, Known> m_executions;
    std::unordered_set<Guid> m_present; ///< executions in the latest reading
};

} // namespace

milliseconds next_poll(milliseconds since) {
    constexpr milliseconds shortest{1'000};
    constexpr milliseconds longest{15'000};
    return std::clamp(since / 20, shortest, longest);
}

RunEnd follow_run(JobsApi& api, const SourceConfig& config, const Job& job, const Guid& trigger_id,
                  std::chrono::seconds patience, const RunEvents& events) {
    auto began = events.now();
    const auto until = began + patience;
    TriggerLog log(config, trigger_id, events);
    int lapses = 0;
    for (;;) {
        const bool was_empty = log.is_empty();
        api.read_triggered(job, trigger_id, log);
        if (log.has_ended()) return log.verdict();
        lapses = log.has_lapsed() ? lapses + 1 : 0;
        if (lapses > most_lapses)
            throw Error("an execution of the run is gone from the API, though it had not ended");
        const auto now = events.now();
        if (was_empty && !log.is_empty()) began = now;
        milliseconds pause = next_poll(std::chrono::floor<milliseconds>(now - began));
        if (log.is_empty()) {
            const auto left = std::chrono::ceil<milliseconds>(until - now);
            if (left <= milliseconds::zero()) return RunEnd::not_picked_up;
            pause = std::min(pause, left);
        }
        events.wait(pause);
    }
}

} // namespace tidemark
