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

/// Rows as the values of their columns, and back, by the descriptions of their tables.
namespace tidemark {

// What a value is stored as. The results live until the end of the full expression they stand in,
// which is what lets a statement bind them without a copy.
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

/// What is written of a row, a value for each column.
template <typename RowType> std::vector<Value> values_of(const RowType& row) {
    return std::apply(
        [&](const auto&... column) {
            return std::vector<Value>{value_of(stored(column.written(row)))...};
        },
        table_of<RowType>.columns);
}

/// A value of a row that is read, which somebody else holds.
using ValueView = std::variant<std::monostate, std::int64_t, double, std::string_view>;

inline ValueView view_of(ValueView value) { return value; }
ValueView view_of(const Value& value);
Value value_of(ValueView view);

/// A value that was read as what a member of a row holds. Null is "" or 0. Throws Error, which
/// names the column, for a text that is no such value. There is one for each type of a member.
template <typename T> T value_as(ValueView value, std::string_view column);

template <> std::int64_t value_as(ValueView value, std::string_view column);
template <> std::uint64_t value_as(ValueView value, std::string_view column);
template <> bool value_as(ValueView value, std::string_view column);
template <> double value_as(ValueView value, std::string_view column);
template <> std::string value_as(ValueView value, std::string_view column);
template <> Guid value_as(ValueView value, std::string_view column);
template <> Timestamp value_as(ValueView value, std::string_view column);
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

/// A row whose columns have these values. `value_at` is called with the name and the place, from 0,
/// of each column that is read, in the order of `read_columns`; it returns a Value or a ValueView.
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

/// A row that was read by its columns' names.
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

/// Puts what a later row with the same key replaces into a row.
template <typename RowType> void replace(RowType& row, const RowType& later) {
    const auto put = [&](const auto& column) {
        using Described = std::decay_t<decltype(column)>;
        if constexpr (Described::on_conflict == OnConflict::replace && !Described::is_computed)
            column.member(row) = column.member(later);
    };
    std::apply([&](const auto&... column) { (put(column), ...); }, table_of<RowType>.columns);
}

/// Rows as they would be stored if they were written one after the other: each key once.
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
