#pragma once

#include "templates/name_finding.hpp"

#include <set>
#include <string>
#include <vector>

namespace tidemark {

/// The names of tasks that messages tell of.
struct TaskNames {
    std::set<std::string> names;
    std::vector<std::string> notes; ///< other names that recur; a sentence each
};

/// Of all names that recur those of which most lines say that something began, succeeded or failed.
/// Names of jobs are none of tasks.
TaskNames find_tasks(const std::vector<AlikeMessages>& messages,
                     const std::vector<std::string>& jobs,
                     const std::vector<std::string>& failure_words);

} // namespace tidemark
