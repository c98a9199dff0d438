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
/// The shapes of an organisation's messages, as they are stored.
std::vector<MessageShapeRow> stored_shapes(Warehouse& warehouse, Key organisation_key);

/// The same shape with the rule that knows its example, and that rule's outcome. A rule's condition
/// on the job or the severity is taken to hold: a shape is of no one job.
MessageShapeRow with_rule(MessageShapeRow shape, const Attribution& attribution);

/// Gives each line of a log that has none the key of its message's shape. `buffer` is used again
/// and again.
void set_shape_keys(std::vector<Log>& logs, std::string& buffer);

/// Adds up lines by shape and job, for a batch. Lines without a shape are passed over.
class ShapeTally {
public:
    /// `known_since`: of shapes that are stored for the first time; null where their lines are not
    /// new.
    explicit ShapeTally(Key organisation_key, std::optional<Timestamp> known_since = std::nullopt)
        : m_organisation_key(organisation_key), m_known_since(known_since) {}

    /// A line that is stored for the first time. It counts as logged at `doubtful_after`, its
    /// execution's, where it says that it was later: a clock that is ahead makes nothing new.
    void add(Key job_key, Key execution_key, const Log& log,
             std::optional<Timestamp> doubtful_after) {
        count(job_key, execution_key, log, doubtful_after.value_or(log.logged_at), 1);
    }

    /// A stored line that is going to be replaced. What it told of its shape, such as when that was
    /// seen, is not taken back.
    void remove(Key job_key, Key execution_key, const Log& log) {
        count(job_key, execution_key, log, log.logged_at, -1);
    }

    /// What was counted since the last call, each shape with its mask and the rule of its example.
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
