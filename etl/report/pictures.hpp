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
    std::string_view css_class; ///< decides its colour: `good`, `bad`, `doubtful`, `other`
    std::string tooltip;        ///< shown when the mouse points at it
};

/// A row of a timeline.
struct Lane {
    std::string name;
    std::vector<Span> spans;
};

/// A timeline: bars in lanes under an axis of hours. `label` describes the picture.
void put_timeline(Html& html, const std::string& label, const std::vector<Lane>& lanes,
                  const Moments& moments);

/// How a day's executions ended.
struct DayCounts {
    std::string day; ///< `2026-10-09`
    std::int64_t completed = 0;
    std::int64_t failed = 0;
    std::int64_t other = 0;
};

/// One column for each day, with failed executions at the bottom.
void put_day_columns(Html& html, const std::string& label, const std::vector<DayCounts>& days);

/// A small line chart with one value for each day, and a line at `level` for comparison.
void put_sparkline(Html& html, const std::vector<std::optional<double>>& values, double level);

/// A small bar for an age, with marks at its limit and at the usual age, where these are known.
void put_age_bar(Html& html, std::optional<double> age, std::optional<double> limit,
                 std::optional<double> usual, std::string_view css_class);

} // namespace tidemark
