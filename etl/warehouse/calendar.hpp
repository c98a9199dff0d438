#pragma once

#include "warehouse/warehouse.hpp"

#include <vector>

namespace tidemark {

/// The first day that an execution is believed to have been created on.
constexpr Date first_plausible_day = std::chrono::sys_days{std::chrono::January / 1 / 2000};

/// Every day from one to another, and before them the one that is not known.
std::vector<CalendarDayRow> calendar(Date first, Date last);

/// Sees to it that the warehouse has each day from that of its first execution, or from today where
/// that is earlier, to the end of next year, and no other. An execution of another day refers to
/// the one that is not known. Needs the lease; writes nothing when the days are these already.
void keep_calendar(Warehouse& warehouse, Timestamp now);

} // namespace tidemark
