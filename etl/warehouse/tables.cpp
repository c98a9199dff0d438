#include "warehouse/tables.hpp"

#include "error.hpp"
#include "text/did_you_mean.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace tidemark {
const Value& Row::value(std::string_view column) const {
    static const Value null;
    const auto found = values.find(column);
    return found == values.end() ? null : found->second;
}

std::string Row::text(std::string_view column) const { return to_text(value(column)); }

std::int64_t Row::integer(std::string_view column) const {
    return value_as<std::int64_t>(value(column), column);
}

void require_relation(const std::vector<std::string>& names, std::string_view name,
                      std::string_view warehouse) {
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    throw ConfigError(
        fmt::format("there is no table or view '{}' in '{}'{}; 'tidemark query' lists the views",
                    name, warehouse, did_you_mean(name, names)));
}

void each_row(Warehouse& warehouse, std::string_view view,
              const std::function<void(const Row&)>& take) {
    std::vector<std::string> names;
    warehouse.read(view, {[&](const auto& columns) { names = columns; },
                          [&](const auto& values) {
                              Row row;
                              for (std::size_t i = 0; i < values.size(); ++i) {
                                  row.values.emplace(names[i], values[i]);
                              }
                              take(row);
                          }});
}

std::vector<Row> read_rows(Warehouse& warehouse, std::string_view view) {
    std::vector<Row> rows;
    each_row(warehouse, view, [&](const Row& row) { rows.push_back(row); });
    return rows;
}

namespace {

bool is_null(const Row& row, std::string_view column) {
    const auto found = row.values.find(column);
    return found == row.values.end() || std::holds_alternative<std::monostate>(found->second);
}

/// What `read` makes of a column's text; throws Error when it makes nothing of it.
template <typename Read> auto required(const Row& row, std::string_view column, Read read) {
    const auto value = read(row.text(column));
    if (!value) {
        throw Error(fmt::format("column '{}' holds '{}', which is none of its values", column,
                                row.text(column)));
    }
    return *value;
}

Timestamp moment(const Row& row, std::string_view column) {
    return required(row, column, timestamp_from_text);
}

Guid guid(const Row& row, std::string_view column) { return required(row, column, parse_guid); }

template <typename Get>
auto nullable(const Row& row, std::string_view column, Get get)
    -> std::optional<decltype(get(row, column))> {
    if (is_null(row, column)) return std::nullopt;
    return get(row, column);
}

std::string text(const Row& row, std::string_view column) { return row.text(column); }

std::uint64_t hash(const Row& row, std::string_view column) {
    return std::bit_cast<std::uint64_t>(row.integer(column));
}

} // namespace

ExecutionRow execution_row(const Row& row) {
    return {.execution_key = row.integer("execution_key"),
            .job_key = row.integer("job_key"),
            .execution = {.id = guid(row, "execution_id"),
                          .state_code = row.integer("state_code"),
                          .state = state_from_text(row.text("state")),
                          .trigger_id = nullable(row, "trigger_id", guid),
                          .created_at = moment(row, "created_at"),
                          .ended_at = nullable(row, "ended_at", moment),
                          .extra = row.text("extra"),
                          .content_hash = hash(row, "content_hash"),
                          .incomplete = row.integer("incomplete") != 0,
                          .source_timezone = nullable(row, "source_timezone", text),
                          .doubtful_after = nullable(row, "doubtful_after", moment)},
            .created_on = required(row, "created_on", date_from_text),
            .log_count = row.integer("log_count"),
            .first_seen_at = moment(row, "first_seen_at"),
            .changed_at = moment(row, "changed_at"),
            .lost_since = nullable(row, "lost_since", moment),
            .abandoned_since = nullable(row, "abandoned_since", moment)};
}

} // namespace tidemark
