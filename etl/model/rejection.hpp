#pragma once

#include "model/guid.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>

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

} // namespace tidemark
