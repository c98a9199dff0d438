#pragma once

#include "archive/series.hpp"

#include <vector>

namespace tidemark {

/// Indices into `SeriesIndex::versions`, in the order of reading.
using Reading = std::vector<std::uint32_t>;

/// The order in which the versions of a job are read. The last reading has the newest version of
/// each execution; the readings before it have older versions with lines that the newest lack.
struct ReadingPlan {
    std::vector<Reading> readings;
    std::string fault; ///< the first damage; the readings do not contain damaged versions
};

ReadingPlan plan_readings(const SeriesIndex& index, SeriesReader& reader, const Guid& job);

} // namespace tidemark
