#pragma once

#include "model/execution.hpp"
#include "warehouse/warehouse.hpp"

#include <compare>
#include <cstddef>
#include <functional>
#include <unordered_map>
#include <vector>

namespace tidemark {
/// How much one version of an execution tells: ended is more than open, then a later end is more,
/// then more lines.
struct VersionRank {
    int ended = 0;      ///< 1 when it has ended
    Timestamp ended_at; ///< the epoch while it is open
    std::int64_t lines = 0;

    auto operator<=>(const VersionRank&) const = default;
};

VersionRank rank_of(const Execution& execution);

/// Of what is stored: it may hold lines of earlier versions too, so it is never less than the rank
/// of the version that was stored last.
VersionRank rank_of(const KnownExecution& stored);

/// Decides between several versions of one execution in one body, however far apart they stand: the
/// one that tells more counts, of two that tell as much the later. It holds some 100 bytes for each
/// execution that is compared.
class BodyVersions {
public:
    /// Takes a version that stands at this index of the body. Returns whether it counts from now
    /// on: it is neither beaten nor a repetition of the one that counts.
    bool add(const Execution& execution, std::size_t place);

    /// Whether no later version has beaten this one, which was taken.
    [[nodiscard]] bool counts(const Execution& execution) const;

    /// Remembers that a version of it went to the writer. Returns whether one did before.
    bool mark_sent(const Guid& id);
    [[nodiscard]] bool is_sent(const Guid& id) const { return m_best.at(id).sent; }

    /// The number of different executions that were taken.
    [[nodiscard]] std::size_t size() const { return m_best.size(); }

private:
    struct Best {
        VersionRank rank;
        std::uint64_t content_hash = 0;
        std::size_t place = 0;
        bool incomplete = false;
        bool sent = false;

        [[nodiscard]] bool is(const Execution& execution) const {
            return content_hash == execution.content_hash && incomplete == execution.incomplete;
        }
    };
    std::unordered_map<Guid, Best> m_best;
};

/// What the warehouse knows of these executions, by id; those that it lacks are not in it. `id_of`
/// takes one and gives its id.
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
