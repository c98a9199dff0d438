#pragma once

#include "warehouse/column.hpp"
#include "warehouse/rows.hpp"

/// The small tables, each described once: its columns, the members of its row that hold their
/// values, its key, and what becomes of a row that is written again. Statements, binding, JSON and
/// reading follow from it for both databases.
namespace tidemark {

template <>
inline constexpr auto table_of<WatermarkRow> = table(
    "watermark", key("job_key", &WatermarkRow::job_key),
    column("loaded_through", &WatermarkRow::loaded_through),
    column("read_through", &WatermarkRow::read_through),
    column("open_executions", &WatermarkRow::open_executions),
    column("oldest_available_at", &WatermarkRow::oldest_available_at),
    column("body_order", &WatermarkRow::body_order),
    column("whole_through", &WatermarkRow::whole_through), column("etag", &WatermarkRow::etag),
    column("last_modified", &WatermarkRow::last_modified),
    column("read_settings", &WatermarkRow::read_settings),
    column("rejected_beyond", &WatermarkRow::rejected_beyond));

} // namespace tidemark
