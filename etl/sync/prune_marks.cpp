#include "sync/prune_marks.hpp"

#include "sync/state_codes.hpp"

#include <algorithm>

namespace tidemark {
namespace {

/// Unchanged when there is no zone of the name any more.
Timestamp moved(Timestamp moment, const std::string& from, const TimeZone& to) {
    const auto zone = TimeZone::find(from);
    return zone ? ZoneCorrection{*zone, to}.apply(moment) : moment;
}

} // namespace

PruneMarks::PruneMarks(const std::vector<PruneMarkRow>& marks, const SourceConfig& today,
                       const std::string& earlier_timezone) {
    const std::string codes = codes_of(today.states);
    for (const PruneMarkRow& mark : marks) {
        const std::string zone = mark.source_timezone.value_or(earlier_timezone);
        const Limit limit{.with_zone = mark.pruned_before,
                          .without_zone = moved(mark.pruned_before, zone, today.timezone)};
        const bool has_other_codes = mark.state_codes.value_or(codes) != codes;
        m_has_other_codes = m_has_other_codes || has_other_codes;
        for (const State state : all_states) {
            if (state != mark.state && !has_other_codes) continue;
            Limit& known = m_limits.try_emplace(state, limit).first->second;
            known.with_zone = std::max(known.with_zone, limit.with_zone);
            known.without_zone = std::max(known.without_zone, limit.without_zone);
        }
    }
}

bool PruneMarks::cover(const Execution& execution) const {
    const auto found = m_limits.find(execution.state);
    if (found == m_limits.end()) return false;
    const bool carries_zone = execution.source_timezone.value_or("").empty();
    const auto& [with_zone, without_zone] = found->second;
    return execution.created_at < (carries_zone ? with_zone : without_zone);
}

bool PruneMarks::cover(Timestamp created_at) const {
    return m_limits.size() == all_states.size() &&
           std::all_of(m_limits.begin(), m_limits.end(), [&](const auto& limit) {
               return created_at < std::min(limit.second.with_zone, limit.second.without_zone);
           });
}

Timestamp PruneMarks::latest(State state) const {
    const auto found = m_limits.find(state);
    if (found == m_limits.end()) return Timestamp::min();
    return std::max(found->second.with_zone, found->second.without_zone);
}

} // namespace tidemark
