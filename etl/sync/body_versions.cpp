#include "sync/body_versions.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace tidemark {
namespace {

VersionRank make_rank(bool is_open, const std::optional<Timestamp>& ended_at, std::int64_t lines) {
    if (is_open) return {.lines = lines};
    return {.ended = 1, .ended_at = ended_at.value_or(Timestamp{}), .lines = lines};
}

} // namespace

VersionRank rank_of(const Execution& execution) {
    return make_rank(execution.is_open(), execution.ended_at,
                     static_cast<std::int64_t>(execution.logs.size()));
}

VersionRank rank_of(const KnownExecution& stored) {
    return make_rank(stored.open, stored.ended_at, stored.log_count);
}

bool BodyVersions::add(const Execution& execution, std::size_t place) {
    const VersionRank rank = rank_of(execution);
    const auto [known, is_first] = m_best.try_emplace(execution.id);
    Best& best = known->second;
    if (!is_first && best.is(execution)) {
        best.place = std::max(best.place, place);
        return false;
    }
    if (!is_first && std::tie(rank, place) < std::tie(best.rank, best.place)) return false;
    best.rank = rank;
    best.content_hash = execution.content_hash;
    best.place = place;
    best.incomplete = execution.incomplete;
    return true;
}

bool BodyVersions::counts(const Execution& execution) const {
    return m_best.at(execution.id).is(execution);
}

bool BodyVersions::mark_sent(const Guid& id) { return std::exchange(m_best.at(id).sent, true); }

} // namespace tidemark
