#pragma once

#include "warehouse/column.hpp"
#include "warehouse/rows.hpp"
#include "warehouse/table_columns.hpp"
#include "warehouse/tables.hpp"
#include "warehouse/values.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

/// Converts rows to the values of their columns and back, by the table descriptions.
namespace tidemark {

// The stored form of a value. A result is valid until the end of the full expression, so a
// statement can bind it without a copy.
inline std::int64_t stored(std::int64_t value) { return value; }
inline std::int64_t stored(int value) { return value; }
inline std::int64_t stored(bool value) { return value ? 1 : 0; }
inline std::int64_t stored(std::uint64_t value) { return std::bit_cast<std::int64_t>(value); }
inline double stored(double value) { return value; }
void stored(const char* value) = delete; // would become a bool
inline std::string_view stored(std::string_view value) { return value; }
inline std::string_view stored(const std::string& value) { return value; }
inline auto stored(const Guid& value) { return text_form(value); }
inline auto stored(Timestamp value) { return text_form(value); }
inline auto stored(LocalTime value) { return text_form(value); }
inline auto stored(Date value) { return text_form(value); }

template <typename Enum>
requires std::is_enum_v<Enum>
auto stored(Enum value) { return to_text(value); }

template <typename T> auto stored(const std::optional<T>& value) {
    return value ? std::optional{stored(*value)} : std::nullopt;
}

inline Value value_of(std::int64_t stored) { return stored; }
inline Value value_of(double stored) { return stored; }
inline Value value_of(std::string_view stored) { return std::string{stored}; }

template <std::size_t Width> Value value_of(const FixedText<Width>& stored) {
    return std::string{stored.view()};
}

template <typename T> Value value_of(const std::optional<T>& stored) {
    return stored ? value_of(*stored) : Value{};
}

/// The values to write of a row, one for each column.
template <typename RowType> std::vector<Value> values_of(const RowType& row) {
    return std::apply(
        [&](const auto&... column) {
            return std::vector<Value>{value_of(stored(column.written(row)))...};
        },
        table_of<RowType>.columns);
}

/// A view of a value that was read.
using ValueView = std::variant<std::monostate, std::int64_t, double, std::string_view>;

inline ValueView view_of(ValueView value) { return value; }
ValueView view_of(const Value& value);
Value value_of(ValueView view);

/// Converts a value that was read to the type of a row's member. Null becomes "" or 0. Throws Error
/// with the name of the column for an invalid text. There is a specialisation for each type.
template <typename T> T value_as(ValueView value, std::string_view column);

template <> std::int64_t value_as(ValueView value, std::string_view column);
template <> std::uint64_t value_as(ValueView value, std::string_view column);
template <> bool value_as(ValueView value, std::string_view column);
template <> double value_as(ValueView value, std::string_view column);
template <> std::string value_as(ValueView value, std::string_view column);
template <> Guid value_as(ValueView value, std::string_view column);
template <> Timestamp value_as(ValueView value, std::string_view column);
template <> LocalTime value_as(ValueView value, std::string_view column);
template <> Date value_as(ValueView value, std::string_view column);
template <> State value_as(ValueView value, std::string_view column);
template <> TaskOutcome value_as(ValueView value, std::string_view column);
template <> TaskKind value_as(ValueView value, std::string_view column);
template <> SyncOutcome value_as(ValueView value, std::string_view column);
template <> BodyOrder value_as(ValueView value, std::string_view column);
template <> BodyReading value_as(ValueView value, std::string_view column);

template <typename T> void assign(T& member, ValueView value, std::string_view column) {
    member = value_as<T>(value, column);
}

template <typename T>
void assign(std::optional<T>& member, ValueView value, std::string_view column) {
    member = std::nullopt;
    if (!std::holds_alternative<std::monostate>(value)) member = value_as<T>(value, column);
}

/// Makes a row from values. `value_at` is called with the name and the index (from 0) of each
/// column in `read_columns`, and returns a Value or a ValueView.
template <typename RowType, typename ValueAt> RowType row_from(ValueAt value_at) {
    RowType row;
    int place = 0;
    const auto read = [&](const auto& column) {
        if constexpr (!std::decay_t<decltype(column)>::is_computed)
            assign(column.member(row), view_of(value_at(column.name, place++)), column.name);
    };
    std::apply([&](const auto&... column) { (read(column), ...); }, table_of<RowType>.columns);
    return row;
}

/// Makes a row from a row that was read by column names.
template <typename RowType> RowType row_as(const Row& row) {
    return row_from<RowType>(
        [&](std::string_view column, int) { return view_of(row.value(column)); });
}

/// The values of a row's key.
template <typename RowType> auto key_of(const RowType& row) {
    const auto part = [&](const auto& column) {
        if constexpr (std::decay_t<decltype(column)>::on_conflict == OnConflict::key)
            return std::tuple{column.member(row)};
        else
            return std::tuple{};
    };
    return std::apply([&](const auto&... column) { return std::tuple_cat(part(column)...); },
                      table_of<RowType>.columns);
}

/// Applies to a row what a later row with the same key replaces.
template <typename RowType> void replace(RowType& row, const RowType& later) {
    const auto put = [&](const auto& column) {
        using Described = std::decay_t<decltype(column)>;
        if constexpr (Described::on_conflict == OnConflict::replace && !Described::is_computed)
            column.member(row) = column.member(later);
    };
    std::apply([&](const auto&... column) { (put(column), ...); }, table_of<RowType>.columns);
}

/// Merges rows with equal keys, as if they were written one after the other.
template <typename RowType> std::vector<RowType> each_key_once(const std::vector<RowType>& rows) {
    std::map<decltype(key_of(rows.front())), std::size_t> places;
    std::vector<RowType> kept;
    for (const RowType& row : rows) {
        const auto [place, is_new] = places.try_emplace(key_of(row), kept.size());
        if (is_new)
            kept.push_back(row);
        else
            replace(kept[place->second], row);
    }
    return kept;
}

} // namespace tidemark
