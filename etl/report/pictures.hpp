#pragma once

#include "report/html.hpp"
#include "report/moments.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tidemark {

/// A part of a bar over time.
struct Span {
    Timestamp from;
    Timestamp to;
    std::string_view css_class; ///< class of its colour: `good`, `bad`, `doubtful`, `other`
    std::string tooltip;        ///< shown where it is pointed at
};

/// A line of a timeline: a name, and what was when.
struct Lane {
    std::string name;
    std::vector<Span> spans;
};

/// Bars over time, a lane each, under an axis of hours. `label` says what is seen.
void put_timeline(Html& html, const std::string& label, const std::vector<Lane>& lanes,
                  const Moments& moments);

/// How a day's executions ended.
struct DayCounts {
    std::string day; ///< `2026-10-09`
    std::int64_t completed = 0;
    std::int64_t failed = 0;
    std::int64_t other = 0;
};

/// A column a day, failed ones at the bottom.
void put_day_columns(Html& html, const std::string& label, const std::vector<DayCounts>& days);

/// A small line of one value a day, with a level to compare it with.
void put_sparkline(Html& html, const std::vector<std::optional<double>>& values, double level);

/// A small bar of an age, with a mark at its limit and one at what is usual, where there are such.
void put_age_bar(Html& html, std::optional<double> age, std::optional<double> limit,
                 std::optional<double> usual, std::string_view css_class);

} // namespace tidemark
