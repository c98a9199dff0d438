#pragma once

#include "model/task_run.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// A rule to begin with, made from a message. It matches that message.
struct SuggestedRule {
    std::string name;                   ///< some words of the message
    std::string pattern;                ///< RE2
    std::optional<TaskOutcome> outcome; ///< guessed by words such as `completed`
    bool names_task = false; ///< whether the pattern has the group `task`, which a rule needs
};

/// What stays the same in the message stays in the pattern, what varies becomes `.+?`. The first
/// name in quotes is taken for the task, a number of rows or records for `rows`, and what follows
/// a word such as `error:` for `error`. `group_pattern` is that of the message's group: its
/// wildcards vary too; the first of them is the task where nothing is in quotes, and else the words
/// that follow `task`, `table` or `package`.
SuggestedRule suggest_rule(std::string_view example, std::string_view group_pattern);

/// The rule as a block of a configuration.
std::string rule_block(const SuggestedRule& rule);

} // namespace tidemark
