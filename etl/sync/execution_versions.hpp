#pragma once

#include "model/execution.hpp"
#include "warehouse/warehouse.hpp"

#include <compare>
#include <cstddef>
#include <functional>
#include <unordered_map>
#include <vector>

namespace tidemark {
/// The order of versions of one execution: ended is more than open, then a later end is more, then
/// more lines, then a higher state code: that of failed is the highest in each map that is known.
struct VersionRank {
    int ended = 0;      ///< 1 when it has ended
    Timestamp ended_at; ///< the epoch while it is open
    std::int64_t lines = 0;
    std::int64_t state_code = 0;

    auto operator<=>(const VersionRank&) const = default;
};

VersionRank rank_of(const Execution& execution);

/// The rank of the version that was stored last, as it was in its body.
VersionRank rank_of(const KnownExecution& stored, const ExecutionReadingRow& reading);

/// The rank of a stored execution. It can contain lines of earlier versions, so its rank is at
/// least that of the version that was stored last.
VersionRank rank_of(const KnownExecution& stored);

/// Decides between versions of one execution in one body, at any distance and in any order: the one
/// with the higher rank counts; of two with the same rank the one without rejected parts, then the
/// one with the higher content hash. It needs about 100 bytes of memory for each compared
/// execution.
class ExecutionVersions {
public:
    /// Adds a version. Returns whether it now counts, and does not repeat the version that counts.
    bool add(const Execution& execution);

    /// Adds the version that was stored last, which is in this body too.
    bool add(const KnownExecution& stored, const ExecutionReadingRow& reading);

    /// Whether a version of this execution was added.
    [[nodiscard]] bool contains(const Guid& id) const { return m_best.contains(id); }

    /// Whether this version, which was added, still counts.
    [[nodiscard]] bool counts(const Execution& execution) const;

    /// Records that a version of the execution was sent to the writer. Returns whether one was sent
    /// before.
    bool mark_sent(const Guid& id);
    [[nodiscard]] bool is_sent(const Guid& id) const { return m_best.at(id).sent; }

    /// The number of different executions that were added.
    [[nodiscard]] std::size_t size() const { return m_best.size(); }

private:
    struct Best {
        VersionRank rank;
        std::uint64_t content_hash = 0;
        bool incomplete = false;
        bool sent = false;

        [[nodiscard]] bool is(std::uint64_t content, bool is_incomplete) const {
            return content_hash == content && incomplete == is_incomplete;
        }
    };
    bool add(const Guid& id, const Best& version);

    std::unordered_map<Guid, Best> m_best;
};

/// The stored ones of these executions, by id. `id_of` returns the id of an element of `received`.
template <typename Received, typename IdOf>
std::unordered_map<Guid, KnownExecution>
find_known(Warehouse& warehouse, const std::vector<Received>& received, IdOf id_of) {
    std::vector<Guid> ids;
    ids.reserve(received.size());
    for (const Received& one : received)
        ids.push_back(std::invoke(id_of, one));
    std::unordered_map<Guid, KnownExecution> known;
    for (const KnownExecution& execution : warehouse.find(ids))
        known.emplace(execution.id, execution);
    return known;
}

} // namespace tidemark
