#pragma once

#include "config/config.hpp"
#include "model/execution.hpp"
#include "model/time.hpp"
#include "warehouse/pruned_rows.hpp"

#include <map>
#include <string>
#include <vector>

namespace tidemark {

/// What a job's marks say of executions that are not stored: which of them were pruned.
class PruneMarks {
public:
    PruneMarks() = default;

    /// `earlier_timezone` is the zone of marks without one. A mark that was made with other state
    /// codes holds for every state, because nothing says which of today's states was pruned.
    PruneMarks(const std::vector<PruneMarkRow>& marks, const SourceConfig& today,
               const std::string& earlier_timezone);

    /// Whether an execution was pruned, when it is not stored.
    [[nodiscard]] bool cover(const Execution& execution) const;

    /// Whether an execution with this creation time was pruned in any case, when it is not stored:
    /// whatever its state is, and whether or not its times carry a zone.
    [[nodiscard]] bool cover(Timestamp created_at) const;

    /// The moment before which executions of a state were pruned, to replace a mark by a later one.
    /// Where it depends on whether times carry a zone, the later of the two.
    [[nodiscard]] Timestamp latest(State state) const;

    /// Whether a mark was made with other state codes.
    [[nodiscard]] bool has_other_codes() const { return m_has_other_codes; }

private:
    struct Limit {
        Timestamp with_zone;    ///< of executions whose times carry a zone
        Timestamp without_zone; ///< of others: it moves when `[source] timezone` is corrected
    };

    std::map<State, Limit> m_limits;
    bool m_has_other_codes = false;
};

} // namespace tidemark
