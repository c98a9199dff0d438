#include "warehouse/row_values.hpp"

#include "error.hpp"

#include <fmt/format.h>

#include <array>

namespace tidemark {
namespace {

/// What `parse` makes of a value's text; throws Error when it makes nothing of it.
template <typename Parse> auto parsed(const Value& value, std::string_view column, Parse parse) {
    const std::string text = to_text(value);
    const auto found = parse(text);
    if (!found) {
        throw Error(
            fmt::format("column '{}' holds '{}', which is none of its values", column, text));
    }
    return *found;
}

std::optional<SyncOutcome> sync_outcome_from_text(std::string_view text) {
    for (const auto outcome : {SyncOutcome::running, SyncOutcome::succeeded, SyncOutcome::partial,
                               SyncOutcome::failed, SyncOutcome::interrupted}) {
        if (to_text(outcome) == text) return outcome;
    }
    return std::nullopt;
}

} // namespace

template <> std::int64_t value_as(const Value& value, std::string_view /*column*/) {
    const auto* number = std::get_if<std::int64_t>(&value);
    return number == nullptr ? 0 : *number;
}

template <> std::uint64_t value_as(const Value& value, std::string_view column) {
    return std::bit_cast<std::uint64_t>(value_as<std::int64_t>(value, column));
}

template <> bool value_as(const Value& value, std::string_view column) {
    return value_as<std::int64_t>(value, column) != 0;
}

template <> double value_as(const Value& value, std::string_view column) {
    const auto* number = std::get_if<double>(&value);
    return number != nullptr ? *number : static_cast<double>(value_as<std::int64_t>(value, column));
}

template <> std::string value_as(const Value& value, std::string_view /*column*/) {
    return to_text(value);
}

template <> Guid value_as(const Value& value, std::string_view column) {
    return parsed(value, column, parse_guid);
}

template <> Timestamp value_as(const Value& value, std::string_view column) {
    return parsed(value, column, timestamp_from_text);
}

template <> Date value_as(const Value& value, std::string_view column) {
    return parsed(value, column, date_from_text);
}

template <> State value_as(const Value& value, std::string_view /*column*/) {
    return state_from_text(to_text(value));
}

template <> TaskOutcome value_as(const Value& value, std::string_view /*column*/) {
    return task_outcome_from_text(to_text(value));
}

template <> SyncOutcome value_as(const Value& value, std::string_view column) {
    return parsed(value, column, sync_outcome_from_text);
}

template <> BodyOrder value_as(const Value& value, std::string_view column) {
    return parsed(value, column, body_order_from_text);
}

template <> BodyReading value_as(const Value& value, std::string_view column) {
    return parsed(value, column, body_reading_from_text);
}

} // namespace tidemark
