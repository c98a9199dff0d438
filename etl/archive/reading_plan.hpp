#pragma once

#include "archive/series.hpp"
#include "source/source.hpp"

#include <string>
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

/// `reader` is asked what it holds; null when it holds nothing. It needs no execution that it holds
/// in a later version, and no older version for lines that it holds.
ReadingPlan plan_readings(const SeriesIndex& index, SeriesReader& versions, const Job& job,
                          LogReader* reader);

} // namespace tidemark
