#pragma once

#include "config/config.hpp"
#include "learning/learning.hpp"
#include "model/time.hpp"

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
struct LogStyle {
    std::string name;
    std::string begin;
    std::string end;
    std::string failure;
    std::string closing; ///< said behind an end and behind a failure alike
    bool json = false;   ///< names and errors are escaped
};

/// Wordings of several languages and layouts.
const std::vector<LogStyle>& log_styles();

/// A task, and the source that it loads; its name may not tell.
struct SyntheticTask {
    std::string name;
    std::string source;
};

/// Tasks of nine sources: two each of eight, whose names tell it before this sign, and two of one,
/// whose names do not.
std::vector<SyntheticTask> nine_sources(const std::string& sign);

struct SyntheticLine {
    std::string job;
    std::uint64_t execution = 0;
    Timestamp logged_at;
    std::string message;
};

struct SyntheticOutcome {
    std::uint64_t execution = 0;
    std::string task;
    TaskOutcome outcome = TaskOutcome::unknown;
    Timestamp at;
    auto operator<=>(const SyntheticOutcome&) const = default;
};

struct SyntheticHistory {
    std::vector<SyntheticLine> lines;
    std::set<SyntheticOutcome> truth; ///< every success and failure

    /// When each source was last loaded.
    [[nodiscard]] std::map<std::string, Timestamp>
    last(const std::vector<SyntheticTask>& tasks) const;
};

/// Nine nights of three jobs, in this wording.
SyntheticHistory synthetic_history(const LogStyle& style, const std::vector<SyntheticTask>& tasks,
                                   std::uint32_t seed);

/// What is learned from it without a rule.
Learned learned_from(const SyntheticHistory& history);

/// What the learned rules make of it: every success and failure.
std::set<SyntheticOutcome> read_by(const Learned& learned, const SyntheticHistory& history);

} // namespace tidemark::test
