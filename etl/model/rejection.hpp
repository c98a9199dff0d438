#pragma once

#include "model/guid.hpp"

#include <cstdint>
#include <optional>
#include <string>

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

} // namespace tidemark
