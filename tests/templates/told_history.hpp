#pragma once

#include "config/config.hpp"
#include "model/time.hpp"
#include "templates/learning.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

/// Histories in made-up wordings, and what is true of them, known apart from any message. All of it
/// is synthetic.
namespace tidemark::test {

/// How something says what becomes of a task: {t} is its name, {s} its source, {r} a number of
/// rows, {x} an error, {n} any number. A text that is empty is not said.
struct ToldWording {
    std::string name;
    std::string begin;
    std::string end;
    std::string failure;
    std::string closing; ///< said behind an end and behind a failure alike
    bool json = false;   ///< names and errors are escaped
};

/// Wordings of several languages and layouts.
const std::vector<ToldWording>& told_wordings();

/// A task, and the source that it loads; its name may not tell.
struct ToldTask {
    std::string name;
    std::string source;
};

/// Tasks of nine sources: two each of eight, whose names tell it before this sign, and two of one,
/// whose names do not.
std::vector<ToldTask> nine_sources(const std::string& sign);

struct ToldLineOfLog {
    std::string job;
    std::uint64_t execution = 0;
    Timestamp logged_at;
    std::string message;
};

struct ToldOutcome {
    std::uint64_t execution = 0;
    std::string task;
    TaskOutcome outcome = TaskOutcome::unknown;
    Timestamp at;
    auto operator<=>(const ToldOutcome&) const = default;
};

struct ToldHistory {
    std::vector<ToldLineOfLog> lines;
    std::set<ToldOutcome> truth; ///< every success and failure

    /// When each source was last loaded.
    [[nodiscard]] std::map<std::string, Timestamp> last(const std::vector<ToldTask>& tasks) const;
};

/// Nine nights of three jobs, in this wording.
ToldHistory tell(const ToldWording& wording, const std::vector<ToldTask>& tasks,
                 std::uint32_t seed);

/// What is learned from it without a rule.
Learned learned_from(const ToldHistory& history);

/// What the learned rules make of it: every success and failure.
std::set<ToldOutcome> read_by(const Learned& learned, const ToldHistory& history);

} // namespace tidemark::test
