#pragma once

#include "model/guid.hpp"
#include "model/time.hpp"

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
    std::string record; ///< the record as it came, made valid UTF-8 without NUL, cut at 64 KiB
    std::uint64_t content_hash =
        0; ///< of the whole record as it came: the same record is reported once
    std::optional<Guid>
        execution_id; ///< of the execution it is, or is a part of, where that could be read

    bool operator==(const Rejection&) const = default;
};

/// What was rejected of one body, in bounded memory whatever the body holds: the first records are
/// to be kept, each content once; of those beyond them a number and a digest remain.
class RejectionTally {
public:
    RejectionTally() = default;
    explicit RejectionTally(std::size_t most_kept) : m_most_kept(most_kept) {}

    /// Counts a record that was rejected. Returns whether it is to be kept.
    bool admit(std::uint64_t content_hash);

    /// Whether a record of this content is among those kept.
    [[nodiscard]] bool holds(std::uint64_t content_hash) const {
        return m_kept.contains(content_hash);
    }
    [[nodiscard]] bool empty() const { return m_kept.empty(); }

    /// Counts what another tally has beyond those that it keeps.
    void add_beyond(const RejectionTally& other);

    /// How many records were beyond those that are kept.
    [[nodiscard]] std::int64_t beyond() const { return m_beyond; }

    /// Tells the records beyond from any others, in whichever order they come; null without any.
    [[nodiscard]] std::optional<std::string> beyond_digest() const;

private:
    std::size_t m_most_kept = 1000;
    std::unordered_set<std::uint64_t> m_kept;
    std::int64_t m_beyond = 0;
    std::uint64_t m_beyond_sum = 0; ///< of their hashes
};

/// What an execution's state code means. The digits are configuration; see `StateMap`.
enum class State { none, running, completed, failed, unknown };

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
    /// whatever `state` the code is taken for: that can be told again.
    std::uint64_t content_hash = 0;

    /// A part of it was rejected: it is compared again at every sync.
    bool incomplete = false;

    /// The zone in which those of its moments were read that carry none; "" when all do. Null when
    /// an older version stored it. Not a part of the content.
    std::optional<std::string> source_timezone;

    /// What it or its log says of later moments is not believed: they were ahead of the clock when
    /// they came. Null when nothing in it is later. Not a part of the content.
    std::optional<Timestamp> doubtful_after;

    [[nodiscard]] bool is_plausible(Timestamp moment) const {
        return !doubtful_after || moment <= *doubtful_after;
    }

    /// It has no end yet, or says that it is running: it may still change, and holds the watermark.
    [[nodiscard]] bool is_open() const { return !ended_at || state == State::running; }

    bool operator==(const Execution&) const = default;
};

/// Sets `doubtful_after` to `latest`, the latest moment that is plausible, where a moment of the
/// execution or of its log is later; to null where none is.
void mark_implausible_moments(Execution& execution, Timestamp latest);

/// How often the time rises from one line to the next, less how often it falls. Below 0 the lines
/// come newest first; at 0 their times do not say which way they come.
std::int64_t time_trend(const std::vector<Log>& logs);

/// The content hash of earlier versions, in which `state` had its part.
std::uint64_t earlier_content_hash(const Execution& execution);

/// Sorts lines by time, those of one moment as they stand, and numbers them.
void order_lines(std::vector<Log>& logs);

/// Turns round the lines of each moment: what is right for an execution whose lines came newest
/// first, though their times did not say so.
void reverse_ties(Execution& execution);

/// Of a log as it came: keeps the last of lines with the same id, orders the lines, those of one
/// moment as they were logged, whichever way they come, and sets `content_hash`.
void normalize(Execution& execution);

/// The lines in the order of their ids, which is that of the warehouse's key; lines of one id in
/// their own order. The log outlives the result.
std::vector<const Log*> in_id_order(const std::vector<Log>& logs);

} // namespace tidemark
