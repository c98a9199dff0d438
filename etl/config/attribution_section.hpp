#pragma once

#include "config/fields.hpp"
#include "model/task_run.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tidemark {

// What rules and their tests say of a task. Each throws ConfigError for another word.
TaskOutcome read_outcome(const Field& field); ///< `started`, `succeeded` or `failed`
TaskKind read_kind(const Field& field);

/// A pattern whose groups are all among the allowed ones, the first of which it must have.
std::string read_pattern(const Field& field, const std::vector<std::string>& allowed);

/// An integer, or an array of some.
std::vector<std::int64_t> read_integers(const Field& field);

} // namespace tidemark
