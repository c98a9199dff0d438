#pragma once

#include "model/guid.hpp"
#include "model/timestamp.hpp"
#include "warehouse/rows.hpp"

#include <optional>
#include <unordered_set>
#include <utility>

namespace tidemark {

/// When the rest of a body whose executions come newest first need not be read.
struct StopRule {
    Timestamp before; ///< what was created earlier is settled
    /// Executions that must stand in front of the rest: as long as one of them was not seen, either
    /// it is still to be read, or the order is not what it was.
    std::unordered_set<Guid> must_be_seen;
};

/// Watches in which order the executions of one body come.
class BodyWatch {
public:
    /// Without a rule the rest is always needed.
    explicit BodyWatch(std::optional<StopRule> rule = std::nullopt) : m_rule(std::move(rule)) {}

    /// Takes the next execution. Returns whether all that follows is settled: every execution so
    /// far was no newer than the one before it, this one is older than what could matter, and none
    /// that must be seen is missing.
    bool see(const Guid& id, Timestamp created_at);

    /// The same of one whose time cannot be read.
    void see(const Guid& id);

    /// The order of what was seen; nullopt when that is too little to tell.
    [[nodiscard]] std::optional<BodyOrder> order() const;

private:
    std::optional<StopRule> m_rule;
    std::optional<Timestamp> m_last;
    bool m_rises = false; ///< somewhere
    bool m_falls = false;
};

} // namespace tidemark
