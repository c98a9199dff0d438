#include "warehouse/row_values.hpp"

#include "error.hpp"

#include <fmt/format.h>

#include <type_traits>

namespace tidemark {
namespace {

/// A text as it is; "" for anything else.
std::string_view text_of(ValueView value) {
    const auto* text = std::get_if<std::string_view>(&value);
    return text == nullptr ? std::string_view{} : *text;
}

/// What `parse` makes of a value's text; throws Error when it makes nothing of it.
template <typename Parse> auto parsed(ValueView value, std::string_view column, Parse parse) {
    const auto found = parse(text_of(value));
    if (!found) {
        throw Error(fmt::format("column '{}' holds '{}', which is not a valid value", column,
                                value_as<std::string>(value, column)));
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

ValueView view_of(const Value& value) {
    return std::visit([](const auto& held) { return ValueView{held}; }, value);
}

Value value_of(ValueView view) {
    if (const auto* number = std::get_if<std::int64_t>(&view)) return *number;
    if (const auto* number = std::get_if<double>(&view)) return *number;
    if (const auto* text = std::get_if<std::string_view>(&view)) return std::string{*text};
    return std::monostate{};
}

template <> std::int64_t value_as(ValueView value, std::string_view /*column*/) {
    const auto* number = std::get_if<std::int64_t>(&value);
    return number == nullptr ? 0 : *number;
}

template <> std::uint64_t value_as(ValueView value, std::string_view column) {
    return std::bit_cast<std::uint64_t>(value_as<std::int64_t>(value, column));
}

template <> bool value_as(ValueView value, std::string_view column) {
    return value_as<std::int64_t>(value, column) != 0;
}

template <> double value_as(ValueView value, std::string_view column) {
    const auto* number = std::get_if<double>(&value);
    return number != nullptr ? *number : static_cast<double>(value_as<std::int64_t>(value, column));
}

template <> std::string value_as(ValueView value, std::string_view /*column*/) {
    if (const auto* text = std::get_if<std::string_view>(&value)) return std::string{*text};
    return to_text(value_of(value));
}

template <> Guid value_as(ValueView value, std::string_view column) {
    return parsed(value, column, parse_guid);
}

template <> Timestamp value_as(ValueView value, std::string_view column) {
    return parsed(value, column, timestamp_from_text);
}

template <> LocalTime value_as(ValueView value, std::string_view column) {
    return parsed(value, column, local_time_from_text);
}

template <> Date value_as(ValueView value, std::string_view column) {
    return parsed(value, column, date_from_text);
}

template <> State value_as(ValueView value, std::string_view /*column*/) {
    return state_from_text(text_of(value));
}

template <> TaskOutcome value_as(ValueView value, std::string_view /*column*/) {
    return task_outcome_from_text(text_of(value));
}

template <> TaskKind value_as(ValueView value, std::string_view column) {
    return parsed(value, column, task_kind_from_text);
}

template <> SyncOutcome value_as(ValueView value, std::string_view column) {
    return parsed(value, column, sync_outcome_from_text);
}

template <> BodyOrder value_as(ValueView value, std::string_view column) {
    return parsed(value, column, body_order_from_text);
}

template <> BodyReading value_as(ValueView value, std::string_view column) {
    return parsed(value, column, body_reading_from_text);
}

} // namespace tidemark
