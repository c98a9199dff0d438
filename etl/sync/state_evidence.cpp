#include "sync/state_evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace tidemark {
namespace {

const StateMap from_zero{.none = -1, .running = 0, .completed = 1, .failed = 2};
const StateMap from_one{.none = -1, .running = 1, .completed = 2, .failed = 3};

const SeenStateCode* find(std::span<const SeenStateCode> seen, std::int64_t code) {
    const auto found = std::find_if(seen.begin(), seen.end(),
                                    [&](const SeenStateCode& s) { return s.code == code; });
    return found == seen.end() ? nullptr : &*found;
}

/// The one code that executions without an end have; nullopt when none or several have it.
std::optional<std::int64_t> code_of_running(std::span<const SeenStateCode> seen) {
    std::optional<std::int64_t> running;
    for (const SeenStateCode& code : seen) {
        if (!code.without_end) continue;
        if (running) return std::nullopt;
        running = code.code;
    }
    return running;
}

std::string words(const StateMap& map) {
    return fmt::format("running = {}, completed = {}, failed = {}", map.running, map.completed,
                       map.failed);
}

StateJudgement compare(const StateMap& map, const StateMap& proved, std::string_view evidence) {
    if (map == proved) return {StateVerdict::proved, std::string{evidence}};
    return {StateVerdict::contradicted, fmt::format("{}, which means {}; [source.states] has {}",
                                                    evidence, words(proved), words(map))};
}

} // namespace

StateJudgement judge_states(std::span<const SeenStateCode> seen, const StateMap& map) {
    const bool zero = find(seen, 0) != nullptr;
    const bool three = find(seen, 3) != nullptr;
    if (zero && three) {
        return {StateVerdict::contradicted,
                "both a state 0 and a state 3 were seen, which neither known map explains"};
    }
    if (zero) return compare(map, from_zero, "a state 0 was seen");
    if (three) return compare(map, from_one, "a state 3 was seen");

    const auto running = code_of_running(seen);
    if (running && *running != map.running && *running != map.none) {
        return {StateVerdict::contradicted,
                fmt::format("only executions of state {} have no end, so it is that of running; "
                            "[source.states] has running = {}",
                            *running, map.running)};
    }
    const SeenStateCode* configured = find(seen, map.running);
    if (configured != nullptr && configured->with_end) {
        return {StateVerdict::contradicted,
                fmt::format("executions of state {} have an end, so it is not that of running, as "
                            "[source.states] has it",
                            configured->code)};
    }
    if (running && *running == map.running) {
        return {StateVerdict::proved,
                fmt::format("executions without an end have state {}", *running)};
    }
    return {StateVerdict::open, "no state 0 or 3 and no running execution was seen yet"};
}

} // namespace tidemark
