#pragma once

#include "learning/name_finding.hpp"

#include <set>
#include <string>
#include <vector>

namespace tidemark {

/// The names of tasks in messages.
struct TaskNames {
    std::set<std::string> names;
    std::vector<std::string> notes; ///< other recurring names; one sentence each
};

/// Of all recurring names, those whose lines mostly say that something began, succeeded or failed.
/// Names of jobs are not names of tasks.
TaskNames find_tasks(const std::vector<AlikeMessages>& messages,
                     const std::vector<std::string>& jobs,
                     const std::vector<std::string>& failure_words);

} // namespace tidemark
