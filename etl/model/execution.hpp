#pragma once

#include "model/guid.hpp"
#include "model/time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace tidemark {
/// A record that could not be loaded: a value, stored and counted, never an exception.
struct Rejection {
    std::string place;  ///< where in the body: `[12].JobExecutionLogs[3].TimeStamp`
    std::string reason; ///< why, in one line without a full stop
    std::string record; ///< the record, made valid UTF-8 without NUL, cut at 64 KiB
    std::uint64_t content_hash =
        0; ///< of the whole unchanged record: an equal record is reported once
    std::optional<Guid>
        execution_id; ///< of the execution it is, or is a part of, where that could be read

    bool operator==(const Rejection&) const = default;
};

/// What was rejected of one body, in bounded memory whatever the body holds: it keeps the hashes of
/// the first records, each once, and a number and a digest of all further ones.
class RejectionTally {
public:
    RejectionTally() = default;
    explicit RejectionTally(std::size_t most_kept) : m_most_kept(most_kept) {}

    /// Counts a rejected record. Returns whether the caller is to keep it.
    bool admit(std::uint64_t content_hash);

    /// Whether a record with this content hash is among the first ones.
    [[nodiscard]] bool holds(std::uint64_t content_hash) const {
        return m_kept.contains(content_hash);
    }
    [[nodiscard]] bool empty() const { return m_kept.empty(); }

    /// Adds the further records of another tally.
    void add_beyond(const RejectionTally& other);

    /// The number of records after the first ones.
    [[nodiscard]] std::int64_t beyond() const { return m_beyond; }

    /// A digest of the further records, which does not depend on their order; null when there are
    /// none.
    [[nodiscard]] std::optional<std::string> beyond_digest() const;

private:
    std::size_t m_most_kept = 1000;
    std::unordered_set<std::uint64_t> m_kept;
    std::int64_t m_beyond = 0;
    std::uint64_t m_beyond_sum = 0; ///< of their hashes
};

/// The state of an execution. The configuration maps the API's codes to it; see `StateMap`.
enum class State { none, running, completed, failed, unknown };

inline constexpr std::array all_states{State::none, State::running, State::completed, State::failed,
                                       State::unknown};

/// `none`, `running`, `completed`, `failed`, `unknown`: as stored in `execution.state`.
std::string_view to_text(State state);

/// The inverse; anything else is `State::unknown`.
State state_from_text(std::string_view text);

/// Which code the API uses for which state (`[source.states]`).
struct StateMap {
    std::int64_t none = -1;
    std::int64_t running = 0;
    std::int64_t completed = 1;
    std::int64_t failed = 2;

    /// A code that is not in the map is `unknown`, and never counts as success.
    [[nodiscard]] State state_of(std::int64_t code) const;

    bool operator==(const StateMap&) const = default;
};

/// One line of an execution's log.
struct Log {
    Guid id;
    Timestamp logged_at;
    std::int64_t severity = 0;
    std::optional<std::string> message; ///< valid UTF-8 without NUL; null when the API says null
    std::string extra; ///< members we do not know, as one JSON object; "" when none

    /// Of the message's mask; null without a message, and of a line stored before there were
    /// shapes.
    std::optional<std::int64_t> shape_key;

    std::int64_t line_number = 0; ///< its place in the execution's log, from 1

    bool operator==(const Log&) const = default;
};

/// One execution of a job with its log, as the API returned it.
struct Execution {
    Guid id;
    std::int64_t state_code = 0;
    State state = State::unknown;
    std::optional<Guid> trigger_id; ///< null when the application started it, not the API
    Timestamp created_at;
    std::optional<Timestamp> ended_at;
    std::string extra;     ///< members we do not know, as one JSON object; "" when none
    std::vector<Log> logs; ///< in the order of their `line_number`, each id once

    /// Of everything above, whatever the order, casing and time form of the body it came from, and
    /// whatever `state` the code is mapped to: the mapping can change.
    std::uint64_t content_hash = 0;

    /// A part of it was rejected: it is compared again at every sync.
    bool incomplete = false;

    /// The time zone that was used for its timestamps without a zone; "" when each has one. Null
    /// when an older version of Tidemark stored the execution. Not a part of the content hash.
    std::optional<std::string> source_timezone;

    /// Moments of the execution and its log that are later than this one are implausible: they were
    /// ahead of the clock when they arrived. Null when there are none. Not a part of the content
    /// hash.
    std::optional<Timestamp> doubtful_after;

    [[nodiscard]] bool is_plausible(Timestamp moment) const {
        return !doubtful_after || moment <= *doubtful_after;
    }

    /// Whether it has no end yet or is running: it can still change, and the watermark waits for
    /// it.
    [[nodiscard]] bool is_open() const { return !ended_at || state == State::running; }

    bool operator==(const Execution&) const = default;
};

/// Sets `doubtful_after` to `latest`, the latest moment that is plausible, where a moment of the
/// execution or of its log is later; to null where none is.
void mark_implausible_moments(Execution& execution, Timestamp latest);

/// The number of times that the time rises from one line to the next, minus the number of times
/// that it falls. Negative: the lines are newest first. 0: their times do not tell the order.
std::int64_t time_trend(const std::vector<Log>& logs);

/// The content hash as earlier versions of Tidemark computed it, with `state` included.
std::uint64_t earlier_content_hash(const Execution& execution);

/// Sorts lines by time, those of one moment as they stand, and numbers them.
void order_lines(std::vector<Log>& logs);

/// Reverses the lines of each moment. For an execution whose lines came newest first, although
/// their times did not show that.
void reverse_ties(Execution& execution);

/// Prepares a log that was just parsed: keeps the last of several lines with one id, sorts the
/// lines by time (lines of one moment in the order in which they were logged), and sets
/// `content_hash`.
void normalize(Execution& execution);

/// The lines in the order of their ids, which is the order of the warehouse's key; lines with one
/// id keep their order. The log must outlive the result.
std::vector<const Log*> in_id_order(const std::vector<Log>& logs);

} // namespace tidemark
