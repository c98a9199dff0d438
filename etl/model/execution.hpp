#pragma once

#include "model/guid.hpp"
#include "model/timestamp.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

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
    std::vector<Log> logs; ///< ordered by `log_order`, each id once

    /// Of everything above, whatever the order, casing and time form of the body it came from.
    std::uint64_t content_hash = 0;

    /// A part of it was rejected: it is compared again at every sync.
    bool incomplete = false;

    /// It has no end yet, or says that it is running: it may still change, and holds the watermark.
    [[nodiscard]] bool is_open() const { return !ended_at || state == State::running; }

    bool operator==(const Execution&) const = default;
};

/// Time order, then id: the same for the same lines, in whatever order they came.
bool log_order(const Log& left, const Log& right);

/// Sorts the log by `log_order`, keeps the last of lines with the same id, and sets `content_hash`.
void normalize(Execution& execution);

} // namespace tidemark
