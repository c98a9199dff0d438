#pragma once

#include "warehouse/warehouse.hpp"

#include <vector>

namespace tidemark {

/// The first plausible day for the creation of an execution.
constexpr Date first_plausible_day = std::chrono::sys_days{std::chrono::January / 1 / 2000};

/// The unknown day, and all days from `first` to `last`.
std::vector<CalendarDayRow> calendar(Date first, Date last);

/// Makes the calendar contain exactly the days from the first execution (or from today, if that is
/// earlier) to the end of next year. An execution of any other day refers to the unknown day. Needs
/// the lease; writes nothing when the calendar is right already.
void keep_calendar(Warehouse& warehouse, Timestamp now);

} // namespace tidemark
