#include "sync/execution_versions.hpp"

#include <tuple>
#include <utility>

namespace tidemark {
namespace {

VersionRank make_rank(bool is_open, std::int64_t state_code,
                      const std::optional<Timestamp>& ended_at, std::int64_t lines) {
    if (is_open) return {.lines = lines, .state_code = state_code};
    return {.ended = 1,
            .ended_at = ended_at.value_or(Timestamp{}),
            .lines = lines,
            .state_code = state_code};
}

} // namespace

VersionRank rank_of(const Execution& execution) {
    return make_rank(execution.is_open(), execution.state_code, execution.ended_at,
                     static_cast<std::int64_t>(execution.logs.size()));
}

VersionRank rank_of(const KnownExecution& stored, const ExecutionReadingRow& reading) {
    return make_rank(stored.open, stored.state_code, stored.ended_at, reading.line_count);
}

VersionRank rank_of(const KnownExecution& stored) {
    return make_rank(stored.open, stored.state_code, stored.ended_at, stored.log_count);
}

bool ExecutionVersions::add(const Execution& execution) {
    return add(execution.id, {.rank = rank_of(execution),
                              .content_hash = execution.content_hash,
                              .incomplete = execution.incomplete});
}

bool ExecutionVersions::add(const KnownExecution& stored, const ExecutionReadingRow& reading) {
    return add(stored.id, {.rank = rank_of(stored, reading),
                           .content_hash = stored.content_hash,
                           .incomplete = stored.incomplete});
}

bool ExecutionVersions::add(const Guid& id, const Best& version) {
    const auto [known, is_first] = m_best.try_emplace(id, version);
    Best& best = known->second;
    if (is_first) return true;
    const auto order = [](const Best& one) {
        return std::tuple{one.rank, !one.incomplete, one.content_hash};
    };
    if (order(version) <= order(best)) return false;
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
