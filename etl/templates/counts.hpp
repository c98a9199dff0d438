#pragma once

#include "attribution/task_runs.hpp"
#include "warehouse/rows.hpp"
#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tidemark {
/// The stored shapes of an organisation's messages.
std::vector<MessageShapeRow> stored_shapes(Warehouse& warehouse, Key organisation_key);

/// The shape with the rule that matches its example, and the outcome of this rule. Conditions of
/// rules on the job or the severity are ignored, because a shape can belong to many jobs.
MessageShapeRow with_rule(MessageShapeRow shape, const Attribution& attribution);

/// Sets the shape key of each line that has none. `buffer` is scratch memory.
void set_shape_keys(std::vector<Log>& logs, std::string& buffer);

/// Counts lines by shape and job for a batch. Lines without a shape are ignored.
class ShapeTally {
public:
    /// `known_since`: for shapes that are stored for the first time; null when the lines are not
    /// new.
    explicit ShapeTally(Key organisation_key, std::optional<Timestamp> known_since = std::nullopt)
        : m_organisation_key(organisation_key), m_known_since(known_since) {}

    /// Adds a line that is stored for the first time. With `doubtful_after` (of its execution) the
    /// line counts as logged at that moment, so that a clock that is ahead makes no message look
    /// new.
    void add(Key job_key, Key execution_key, const Log& log,
             std::optional<Timestamp> doubtful_after) {
        count(job_key, execution_key, log, doubtful_after.value_or(log.logged_at), 1);
    }

    /// Subtracts a stored line that will be replaced. Only the number of lines changes; the moments
    /// at which its shape was seen stay.
    void remove(Key job_key, Key execution_key, const Log& log) {
        count(job_key, execution_key, log, log.logged_at, -1);
    }

    /// Returns the counts since the last call, with the mask and the rule of each shape.
    std::vector<ShapeLines> release(const Attribution& attribution);

private:
    struct JobAndShape {
        Key job_key;
        std::int64_t shape_key;
        bool operator==(const JobAndShape&) const = default;
    };
    struct Hash {
        std::size_t operator()(const JobAndShape& place) const {
            constexpr std::uint64_t golden = 0x9E3779B97F4A7C15U; // spreads small keys
            return static_cast<std::uint64_t>(place.shape_key) ^
                   (static_cast<std::uint64_t>(place.job_key) * golden);
        }
    };

    void count(Key job_key, Key execution_key, const Log& log, Timestamp latest,
               std::int64_t lines);

    Key m_organisation_key;
    std::optional<Timestamp> m_known_since;
    std::unordered_map<JobAndShape, ShapeLines, Hash> m_lines;
};

} // namespace tidemark
