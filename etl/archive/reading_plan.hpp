#pragma once

#include "archive/series.hpp"

#include <vector>

namespace tidemark {

/// Places of versions in the index, in the order in which they are to be read.
using Reading = std::vector<std::uint32_t>;

/// How the versions of a job are read again: the last reading holds the newest versions of all
/// executions, those before it what they lack.
struct ReadingPlan {
    std::vector<Reading> readings;
    std::string fault; ///< the first that was met; what it hit is not in a reading
};

ReadingPlan plan_readings(const SeriesIndex& index, SeriesReader& reader, const Guid& job);

} // namespace tidemark
