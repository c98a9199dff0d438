#include "sync/state_codes.hpp"

#include "warehouse/tables.hpp"

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

/// What was seen that cannot be, if a map is right: a running execution that has an end, or a code
/// for completed of which no execution has one. A failed execution without an end has crashed.
std::optional<std::string> contradiction(std::span<const SeenStateCode> seen, const StateMap& map) {
    const SeenStateCode* running = find(seen, map.running);
    if (running != nullptr && running->with_end) {
        return fmt::format("executions of state {} have an end, so it is not that of running, as "
                           "[source.states] has it",
                           map.running);
    }
    const SeenStateCode* completed = find(seen, map.completed);
    if (completed != nullptr && !completed->with_end) {
        return fmt::format("executions of state {} have no end, so it is not that of completed, as "
                           "[source.states] has it",
                           map.completed);
    }
    return std::nullopt;
}

StateAssessment compare(const StateMap& map, const StateMap& proved, std::string_view evidence) {
    if (map == proved) return {StateVerdict::proved, std::string{evidence}};
    return {StateVerdict::contradicted, fmt::format("{}, which means {}; [source.states] has {}",
                                                    evidence, words_of(proved), words_of(map))};
}

} // namespace

std::string words_of(const StateMap& map) {
    return fmt::format("running = {}, completed = {}, failed = {}", map.running, map.completed,
                       map.failed);
}

std::string codes_of(const StateMap& states) {
    return fmt::format("{} {} {} {}", states.none, states.running, states.completed, states.failed);
}

StateAssessment assess_states(std::span<const SeenStateCode> seen, const StateMap& map) {
    const bool zero = find(seen, 0) != nullptr;
    const bool three = find(seen, 3) != nullptr;
    if (zero && three) {
        return {StateVerdict::contradicted,
                "both a state 0 and a state 3 were seen, which neither known map explains"};
    }
    if (zero) return compare(map, from_zero, "a state 0 was seen");
    if (three) return compare(map, from_one, "a state 3 was seen");

    const auto fault = contradiction(seen, map);
    const bool another_fits = (map != from_zero && !contradiction(seen, from_zero)) ||
                              (map != from_one && !contradiction(seen, from_one));
    if (fault && another_fits) return {StateVerdict::contradicted, *fault};
    const SeenStateCode* running = find(seen, map.running);
    if (!fault && running != nullptr && running->without_end) {
        return {StateVerdict::proved,
                fmt::format("executions without an end have state {}", map.running)};
    }
    return {StateVerdict::open, "no state 0 or 3 and no running execution was seen yet"};
}

std::optional<StateMap> proven_states(std::span<const SeenStateCode> seen) {
    for (const StateMap& map : {from_zero, from_one}) {
        if (assess_states(seen, map).verdict == StateVerdict::proved) return map;
    }
    return std::nullopt;
}

StateAssessment assess_stored_states(Warehouse& warehouse, const SourceConfig& source) {
    std::vector<SeenStateCode> seen;
    for (const Row& row : rows_of_organisation(warehouse, "state_evidence", source.organisation)) {
        seen.push_back({.code = row.integer("state_code"),
                        .with_end = row.integer("with_end") != 0,
                        .without_end = row.integer("without_end") != 0});
    }
    return assess_states(seen, source.states);
}

} // namespace tidemark
