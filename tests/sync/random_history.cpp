#include "sync/random_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace tidemark::test {
namespace {

/// As bodies have it, and as it is stored.
std::string body_time(Timestamp moment) {
    std::string text = to_text(moment).substr(0, 19);
    text[10] = 'T';
    return text;
}
std::string stored_time(std::string text) {
    if (text.empty()) return text;
    text[10] = ' ';
    return text + ".000000";
}

/// Some lines are logged at the same moment. The second never is, so that two lines say which way
/// a log comes.
void add_line(BodyExecution& execution) {
    const auto number = static_cast<unsigned>(execution.messages.size());
    execution.messages.push_back(fmt::format("line {}", number));
    execution.seconds.resize(number);
    execution.seconds.push_back((number + 2) / 3);
}

bool is_open(const BodyExecution& execution) {
    return execution.ended.empty() || execution.state == 0;
}

std::string state_name(int state) {
    return state == 0 ? "running" : state == 1 ? "completed" : "failed";
}

} // namespace

void RandomHistory::go_on(bool only_grows) {
    m_now += std::chrono::hours{1 + dice.roll(20)};
    for (unsigned count = dice.roll(4); count > 0; --count)
        begin();
    for (auto& [id, execution] : executions) {
        if (is_open(execution) && dice.one_in(2)) grow(execution);
    }
    if (!only_grows) take_away();
}

void RandomHistory::begin() {
    const unsigned id = ++m_last_id;
    // some begin at the same moment, and some appear late
    const auto created = m_now - std::chrono::hours{dice.roll(30)};
    executions[id] = {.id = id,
                      .job = 1 + dice.roll(2),
                      .state = 0,
                      .created = body_time(std::chrono::floor<std::chrono::hours>(created)),
                      .ended = "",
                      .messages = {}};
    grow(executions[id]);
}

void RandomHistory::grow(BodyExecution& execution) {
    for (unsigned count = dice.roll(3); count > 0; --count)
        add_line(execution);
    if (!dice.one_in(2)) return;
    execution.ended = body_time(m_now);
    execution.state = dice.one_in(5) ? 0 : 1 + static_cast<int>(dice.roll(2)); // 0: still says so
}

/// What else may happen upstream, only to executions that are young enough to be compared.
void RandomHistory::take_away() {
    const std::string young = body_time(m_now - std::chrono::days{1});
    const std::string old = body_time(m_now - std::chrono::days{4});
    for (auto it = executions.begin(); it != executions.end();) {
        BodyExecution& execution = it->second;
        const bool purged = execution.created < old;
        if (execution.created >= young && dice.one_in(8)) {
            execution.state = 1 + static_cast<int>(dice.roll(2)); // rewritten late
            if (!execution.messages.empty() && dice.one_in(2)) execution.messages.pop_back();
            if (!execution.messages.empty() && dice.one_in(2)) execution.messages[0] = "rewritten";
        }
        if (purged || dice.one_in(25)) {
            if (!purged) m_hidden.insert(*it);
            it = executions.erase(it);
        } else {
            ++it;
        }
    }
    std::erase_if(m_hidden, [&](const auto& hidden) {
        const bool comes_back = hidden.second.created >= young && dice.one_in(3);
        if (comes_back) executions.insert(hidden);
        return comes_back;
    });
    if (dice.one_in(4)) jobs = dice.one_in(2) ? std::set<unsigned>{1} : std::set<unsigned>{1, 2};
}

void RandomHistory::fill(FakeSource& source) {
    source.listed.clear();
    const bool newest_line_first = dice.one_in(2);
    for (const unsigned job : jobs) {
        source.listed.push_back({numbered(job), fmt::format("Job {}", job)});
        std::vector<BodyExecution> body;
        for (const auto& [id, execution] : executions) {
            if (execution.job != job) continue;
            body.push_back(execution);
            body.back().newest_line_first = newest_line_first;
            if (dice.one_in(10)) body.push_back(body.back()); // stands there twice
        }
        dice.shuffle(body);
        source.bodies[numbered(job)] = body_of(body);
    }
    source.chunk_bytes = 1 + dice.roll(2000);
}

void NaiveModel::sync(const RandomHistory& history, const std::set<unsigned>& jobs_read) {
    m_jobs_read.insert(jobs_read.begin(), jobs_read.end());
    for (auto& [id, stored] : m_stored) {
        if (jobs_read.contains(stored.last.job) && is_open(stored.last)) stored.lost = true;
    }
    for (const auto& [id, execution] : history.executions) {
        if (!jobs_read.contains(execution.job)) continue;
        Stored& stored = m_stored[id];
        stored.last = execution;
        stored.lost = false;
        for (unsigned i = 0; i < execution.messages.size(); ++i)
            stored.lines[i] = execution.messages[i];
    }
}

std::vector<std::string> NaiveModel::execution_rows() const {
    std::vector<std::string> rows;
    for (const auto& [id, stored] : m_stored) {
        rows.push_back(fmt::format("{} {} {} {} {} {}", to_text(numbered(id)),
                                   state_name(stored.last.state), stored_time(stored.last.created),
                                   stored_time(stored.last.ended), stored.lines.size(),
                                   stored.lost ? "lost" : ""));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

std::vector<std::string> NaiveModel::log_rows() const {
    std::vector<std::string> rows;
    for (const auto& [id, stored] : m_stored) {
        int place = 0;
        for (const auto& [number, message] : stored.lines)
            rows.push_back(fmt::format("{} {} {}", to_text(line_id(id, number)), ++place, message));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

std::vector<std::string> NaiveModel::watermark_rows() const {
    std::vector<std::string> rows;
    for (const unsigned job : m_jobs_read) {
        std::vector<std::string> held;
        for (const auto& [id, stored] : m_stored) {
            if (stored.last.job == job && is_open(stored.last) && !stored.lost)
                held.push_back(stored_time(stored.last.created));
        }
        std::string through;
        for (const auto& [id, stored] : m_stored) {
            const std::string created = stored_time(stored.last.created);
            const bool passed = std::all_of(held.begin(), held.end(),
                                            [&](const auto& open) { return created < open; });
            if (stored.last.job == job && passed) through = std::max(through, created);
        }
        rows.push_back(fmt::format("{} {} {}", to_text(numbered(job)), through, held.size()));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

} // namespace tidemark::test
