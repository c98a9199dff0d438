#include "sync/execution_versions.hpp"

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

VersionRank rank_of(const KnownExecution& stored, const ExecutionReadingRow& reading) {
    return make_rank(stored.open, stored.ended_at, reading.line_count);
}

VersionRank rank_of(const KnownExecution& stored) {
    return make_rank(stored.open, stored.ended_at, stored.log_count);
}

bool ExecutionVersions::add(const Execution& execution, std::size_t place) {
    return add(execution.id, {.rank = rank_of(execution),
                              .content_hash = execution.content_hash,
                              .place = place,
                              .incomplete = execution.incomplete});
}

bool ExecutionVersions::add(const KnownExecution& stored, const ExecutionReadingRow& reading,
                            std::size_t place) {
    return add(stored.id, {.rank = rank_of(stored, reading),
                           .content_hash = stored.content_hash,
                           .place = place,
                           .incomplete = stored.incomplete});
}

bool ExecutionVersions::add(const Guid& id, const Best& version) {
    const auto [known, is_first] = m_best.try_emplace(id, version);
    Best& best = known->second;
    if (is_first) return true;
    if (best.is(version.content_hash, version.incomplete)) {
        best.place = std::max(best.place, version.place);
        return false;
    }
    if (std::tie(version.rank, version.place) < std::tie(best.rank, best.place)) return false;
    const bool sent = best.sent;
    best = version;
    best.sent = sent;
    return true;
}

bool ExecutionVersions::counts(const Execution& execution) const {
    return m_best.at(execution.id).is(execution.content_hash, execution.incomplete);
}

bool ExecutionVersions::mark_sent(const Guid& id) {
    return std::exchange(m_best.at(id).sent, true);
}

} // namespace tidemark
