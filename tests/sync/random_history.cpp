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
std::string stored_time(std::string text, int hours_east) {
    if (text.empty()) return text;
    text[10] = ' ';
    const auto moment = timestamp_from_text(text + ".000000").value();
    return to_text(moment - std::chrono::hours{hours_east});
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

std::string state_name(int state, const Interpretation& interpretation) {
    if (state == 0) return "running";
    return (state == 1) != interpretation.swapped_codes ? "completed" : "failed";
}

/// The day of a stored moment.
std::string day_of(const std::string& created, const Interpretation& interpretation) {
    const auto moment = timestamp_from_text(created).value();
    return to_text(moment - std::chrono::hours{interpretation.hours_west}).substr(0, 10);
}

/// Whether one version of an execution counts against another one in the body.
bool has_same_rank(const BodyExecution& version, const BodyExecution& other) {
    if (is_open(version) != is_open(other)) return is_open(other);
    if (!is_open(version) && version.ended != other.ended) return version.ended > other.ended;
    if (version.messages.size() != other.messages.size())
        return version.messages.size() > other.messages.size();
    return version.state >= other.state;
}

constexpr unsigned large_id = 900'000;

} // namespace

RandomHistory::RandomHistory(std::uint32_t seed) : dice(seed), m_is_large(seed % 10 == 0) {
    if (!m_is_large) return;
    for (const unsigned job : jobs) {
        executions[large_id + job] = {.id = large_id + job,
                                      .job = job,
                                      .state = 1,
                                      .created = body_time(m_now),
                                      .ended = body_time(m_now),
                                      .messages = {std::string((2U << 20U) + 1, 'x')}};
    }
}

void RandomHistory::go_on(bool only_grows) {
    m_now += std::chrono::hours{1 + dice.roll(20)};
    for (unsigned count = dice.roll(4); count > 0; --count)
        begin();
    for (auto& [id, execution] : executions) {
        if (is_open(execution) && dice.one_in(2)) grow(execution);
    }
    if (!only_grows) remove_some();
}

void RandomHistory::begin() {
    const unsigned id = ++m_last_id;
    executions[id] = {.id = id,
                      .job = 1 + dice.roll(2),
                      .state = 0,
                      .created =
                          body_time(std::chrono::floor<std::chrono::hours>(time_of_creation())),
                      .ended = "",
                      .messages = {}};
    grow(executions[id]);
}

/// Some begin at the same moment, some appear late, and some were dated by a clock that is ahead.
Timestamp RandomHistory::time_of_creation() {
    if (dice.one_in(6)) return m_now - std::chrono::hours{50 + dice.roll(40)};
    if (dice.one_in(10)) return m_now + std::chrono::hours{1 + dice.roll(400)};
    return m_now - std::chrono::hours{dice.roll(30)};
}

void RandomHistory::grow(BodyExecution& execution) {
    for (unsigned count = dice.roll(3); count > 0; --count)
        add_line(execution);
    if (!dice.one_in(2)) return;
    execution.ended = body_time(m_now);
    execution.state = dice.one_in(5) ? 0 : 1 + static_cast<int>(dice.roll(2)); // 0: still says so
}

/// What else may happen upstream, only to executions that are young enough to be compared.
void RandomHistory::remove_some() {
    const std::string young = body_time(m_now - std::chrono::days{1});
    const std::string old = body_time(m_now - std::chrono::days{4});
    for (auto it = executions.begin(); it != executions.end();) {
        BodyExecution& execution = it->second;
        const bool purged = execution.created < old && execution.id < large_id;
        if (execution.created >= young && dice.one_in(8)) {
            execution.state = 1 + static_cast<int>(dice.roll(2)); // rewritten late
            if (!execution.messages.empty() && dice.one_in(2)) execution.messages.pop_back();
            if (!execution.messages.empty() && dice.one_in(2)) execution.messages[0] = "rewritten";
        }
        if (purged || (execution.id < large_id && dice.one_in(25))) {
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
    if (dice.one_in(4)) excluded = dice.one_in(2) ? std::set<unsigned>{2} : std::set<unsigned>{};
    if (dice.one_in(5)) m_order = dice.roll(3);
}

std::set<unsigned> RandomHistory::wanted() const {
    std::set<unsigned> wanted;
    for (const unsigned job : jobs) {
        if (!excluded.contains(job)) wanted.insert(job);
    }
    return wanted;
}

/// An execution as it may stand in a body, mostly once.
std::vector<BodyExecution> RandomHistory::versions_of(const BodyExecution& execution) {
    std::vector<BodyExecution> versions{execution};
    if (dice.one_in(10)) versions.push_back(execution);
    if (dice.one_in(6)) { // as it was while it ran
        BodyExecution earlier = execution;
        earlier.state = 0;
        earlier.ended = "";
        if (!earlier.messages.empty()) earlier.messages.pop_back();
        versions.push_back(earlier);
    }
    const bool is_compared = execution.created >= body_time(m_now - std::chrono::days{1});
    if (is_compared && !is_open(execution) && dice.one_in(8)) { // tells as much, but something else
        BodyExecution other = execution;
        other.state = 3 - other.state;
        versions.push_back(other);
    }
    return versions;
}

void RandomHistory::arrange(std::vector<BodyExecution>& body) {
    dice.shuffle(body);
    const auto older = [](const auto& left, const auto& right) {
        return left.created < right.created;
    };
    if (m_order == 1 || m_is_large) std::stable_sort(body.begin(), body.end(), older);
    if (m_order == 2 && !m_is_large) std::stable_sort(body.rbegin(), body.rend(), older);
    if (!m_is_large) return;
    // the oldest execution stays in front, so that nothing is left out by an early stop
    const auto large =
        std::find_if(body.begin(), body.end(), [](const auto& one) { return one.id >= large_id; });
    BodyExecution moved = *large;
    body.erase(large);
    if (m_order == 0 && body.size() > 1) {
        std::vector<BodyExecution> rest(body.begin() + 1, body.end());
        dice.shuffle(rest);
        std::copy(rest.begin(), rest.end(), body.begin() + 1);
    }
    const auto place = body.empty() ? 0 : dice.roll(static_cast<unsigned>(body.size()) + 1);
    body.insert(body.begin() + place, moved);
}

void RandomHistory::fill(FakeSource& source) {
    source.listed.clear();
    const bool newest_line_first = dice.one_in(2);
    bodies.clear();
    for (const unsigned job : jobs) {
        source.listed.push_back({numbered(job), fmt::format("Job {}", job)});
        std::vector<BodyExecution>& body = bodies[job];
        for (const auto& [id, execution] : executions) {
            if (execution.job != job) continue;
            for (BodyExecution& version : versions_of(execution)) {
                version.newest_line_first = newest_line_first;
                body.push_back(std::move(version));
            }
        }
        arrange(body);
        source.bodies[numbered(job)] = body_of(body);
    }
    source.chunk_bytes = 1 + dice.roll(2000);
    if (m_is_large) source.chunk_bytes *= 100;
}

std::string NaiveModel::Stored::created() const { return stored_time(last.created, hours_east); }

void NaiveModel::sync(const RandomHistory& history, const std::set<unsigned>& jobs_read,
                      int hours_east) {
    for (auto& [id, stored] : m_stored) {
        if (jobs_read.contains(stored.last.job) && is_open(stored.last)) stored.lost = true;
    }
    for (const unsigned job : jobs_read) {
        m_read_at[job] = to_text(history.now());
        std::map<unsigned, const BodyExecution*> winners;
        for (const BodyExecution& version : history.bodies.at(job)) {
            const BodyExecution*& winner = winners[version.id];
            if (winner == nullptr || has_same_rank(version, *winner)) winner = &version;
        }
        for (const auto& [id, winner] : winners) {
            Stored& stored = m_stored[id];
            stored.last = *winner;
            stored.lost = false;
            stored.hours_east = hours_east;
            for (unsigned i = 0; i < winner->messages.size(); ++i)
                stored.lines[i] = winner->messages[i];
        }
    }
}

std::vector<std::string> NaiveModel::execution_rows(const Interpretation& interpretation) const {
    std::vector<std::string> rows;
    for (const auto& [id, stored] : m_stored) {
        rows.push_back(fmt::format("{} {} {} {} {} {} {}", to_text(numbered(id)),
                                   state_name(stored.last.state, interpretation), stored.created(),
                                   day_of(stored.created(), interpretation),
                                   stored_time(stored.last.ended, stored.hours_east),
                                   stored.lines.size(), stored.lost ? "lost" : ""));
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
    for (const auto& [job, read_at] : m_read_at) {
        std::vector<std::string> held;
        for (const auto& [id, stored] : m_stored) {
            if (stored.last.job == job && is_open(stored.last) && !stored.lost)
                held.push_back(stored.created());
        }
        std::string through;
        for (const auto& [id, stored] : m_stored) {
            const std::string created = stored.created();
            const bool passed = std::all_of(held.begin(), held.end(),
                                            [&](const auto& open) { return created < open; });
            if (stored.last.job == job && passed && created <= read_at)
                through = std::max(through, created);
        }
        rows.push_back(fmt::format("{} {} {}", to_text(numbered(job)), through, held.size()));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

} // namespace tidemark::test
