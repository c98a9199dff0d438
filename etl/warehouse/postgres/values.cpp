#include "warehouse/postgres/values.hpp"

#include "error.hpp"

#include <fmt/format.h>

#include <bit>
#include <charconv>

namespace tidemark::postgres {
namespace {

std::string_view view_of(const pqxx::field& field) { return {field.c_str(), field.size()}; }

Error unreadable(const pqxx::field& field, std::string_view kind) {
    return Error(fmt::format("the warehouse holds '{}' where {} should be", view_of(field), kind));
}

} // namespace

std::string array_of(std::span<const std::int64_t> keys) {
    return fmt::format("{{{}}}", fmt::join(keys, ","));
}

std::string array_of(std::span<const Guid> ids) {
    constexpr std::size_t width = 37;
    std::string array = "{";
    array.reserve(ids.size() * width + 2);
    for (const Guid& id : ids) {
        if (array.size() > 1) array += ',';
        array += text_form(id).view();
    }
    return array + "}";
}

std::string wide_moment(std::string_view printed) {
    constexpr std::size_t to_seconds = 19;
    constexpr std::size_t width = 26;
    if (printed.size() < to_seconds || printed.back() == 'C') return std::string(printed);
    std::string wide(printed.substr(0, printed.find('+')));
    if (wide.size() == to_seconds) wide += '.';
    if (wide.size() < width) wide.append(width - wide.size(), '0');
    return wide;
}

Guid guid_in(const pqxx::field& field) {
    const auto guid = parse_guid(view_of(field));
    if (!guid) throw unreadable(field, "an id");
    return *guid;
}

Timestamp moment_in(const pqxx::field& field) {
    const auto moment = timestamp_from_text(wide_moment(view_of(field)));
    if (!moment) throw unreadable(field, "a moment");
    return *moment;
}

LocalTime local_time_in(const pqxx::field& field) {
    return LocalTime{moment_in(field).time_since_epoch()};
}

Date day_in(const pqxx::field& field) {
    const auto day = date_from_text(view_of(field));
    if (!day) throw unreadable(field, "a day");
    return *day;
}

std::int64_t integer_in(const pqxx::field& field) {
    const auto text = view_of(field);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

double real_in(const pqxx::field& field) {
    const auto text = view_of(field);
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::uint64_t hash_in(const pqxx::field& field) {
    return std::bit_cast<std::uint64_t>(integer_in(field));
}

bool flag_in(const pqxx::field& field) { return view_of(field) == "t"; }

std::string text_in(const pqxx::field& field) { return std::string(view_of(field)); }

namespace {

/// Types of the server that are not handed over as the text that it prints.
enum Type : pqxx::oid {
    boolean = 16,
    bigint = 20,
    smallint = 21,
    integer = 23,
    real = 700,
    double_precision = 701,
    timestamp = 1114,
    timestamptz = 1184,
    numeric = 1700,
};

/// Whole numbers that need numeric, such as the sum of a bigint column, print like other ones.
Value number_in(const pqxx::field& field) {
    const std::string_view text{field.c_str(), field.size()};
    std::int64_t whole = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (failed == std::errc{} && end == text.data() + text.size()) return whole;
    return real_in(field);
}

} // namespace

Value value_in(const pqxx::field& field) {
    if (field.is_null()) return std::monostate{};
    switch (field.type()) {
    case boolean: return std::int64_t{flag_in(field) ? 1 : 0};
    case bigint:
    case smallint:
    case integer: return integer_in(field);
    case real:
    case double_precision: return real_in(field);
    case numeric: return number_in(field);
    case timestamp:
    case timestamptz: return wide_moment({field.c_str(), field.size()});
    default: return text_in(field);
    }
}

} // namespace tidemark::postgres
