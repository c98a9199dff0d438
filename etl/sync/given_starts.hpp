#pragma once

#include "config/config.hpp"
#include "model/job.hpp"
#include "warehouse/warehouse.hpp"

#include <span>
#include <string>
#include <vector>

/// The starts of jobs that `[schedule]` gives: neither database knows time zones, so that each of
/// them is stored as a moment.
namespace tidemark {

/// The moments of a given start, from one moment to another and at both, in their order. A time
/// that the zone has twice is the first of the two, and one that it skips comes later by as much.
std::vector<Timestamp> starts_between(const GivenStart& start, const TimeZone& zone, Timestamp from,
                                      Timestamp until);

/// Sees to it that the warehouse holds the given starts of the fifteen days before now, for the
/// stored jobs of the configuration's organisation, and no others of it. Each job that has any
/// given start has one in as many days. Needs the lease; writes nothing when they are these
/// already.
void keep_given_starts(const Config& config, Warehouse& warehouse, Timestamp now);

/// A line for each name in `[schedule]` that fits none of the jobs.
std::vector<std::string> idle_starts(std::span<const Job> jobs, const ScheduleConfig& schedule);

} // namespace tidemark
