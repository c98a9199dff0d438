#pragma once

#include "simulator/options.hpp"

#include <fmt/format.h>

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace simulator {

/// All of these throw std::invalid_argument for a text that they cannot read.

std::uint64_t read_number(std::string_view text);
bool read_flag(std::string_view text); ///< on, off, true, false, 1, 0; empty is on
unsigned read_percent(std::string_view text);

/// `+02:00`, `-0530`, `02:00`.
std::chrono::minutes read_offset(std::string_view text);

/// `1@2026-10-10,3`: jobs by number, each with the moment from which it holds.
std::vector<JobEvent> read_job_events(std::string_view text);

/// `0:3,1:5@2026-10-10`: executions by job and number.
std::vector<ExecutionEvent> read_execution_events(std::string_view text);

/// One of a closed set of words.
template <typename Value>
Value choose(std::string_view text,
             std::initializer_list<std::pair<std::string_view, Value>> choices) {
    std::string words;
    for (const auto& [word, value] : choices) {
        if (word == text) return value;
        words += fmt::format("{}{}", words.empty() ? "" : ", ", word);
    }
    throw std::invalid_argument(fmt::format("'{}' is none of: {}", text, words));
}

} // namespace simulator
