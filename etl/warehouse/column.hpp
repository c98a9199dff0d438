#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

/// The building blocks of table descriptions. `warehouse/table_columns.hpp` contains the
/// descriptions; `warehouse/row_values.hpp` writes and reads rows with them.
namespace tidemark {

/// What happens to a stored value when a row with the same key is written.
enum class OnConflict {
    key,     ///< rows with the same values in all columns of the key are the same row
    replace, ///< the new value replaces it
    keep,    ///< it stays
};

/// A column, and the path of members from a row to its value.
template <OnConflict Action, typename... Members> struct Column {
    static constexpr OnConflict on_conflict = Action;
    static constexpr bool is_computed = false;
    std::string_view name;
    std::tuple<Members...> members;

    /// The member of a row that holds the value.
    template <typename RowType> constexpr auto& member(RowType& row) const {
        return std::apply(
            [&](auto... path) -> auto& { return follow(row, path...); }, members);
    }

    /// The value to write.
    template <typename RowType> constexpr const auto& written(const RowType& row) const {
        return member(row);
    }

private:
    template <typename From, typename First, typename... Rest>
    static constexpr auto& follow(From& from, First first, Rest... rest) {
        if constexpr (sizeof...(Rest) == 0)
            return from.*first;
        else
            return follow(from.*first, rest...);
    }
};

/// A column of JSON: a text in the row, where "" stands for null in the table.
template <typename... Members> struct JsonColumn : public Column<OnConflict::replace, Members...> {
    template <typename RowType> std::optional<std::string_view> written(const RowType& row) const {
        const std::string& text = this->member(row);
        return text.empty() ? std::nullopt : std::optional<std::string_view>{text};
    }
};

/// A column whose value is computed from the row for writing, and never read.
template <typename Compute> struct ComputedColumn {
    static constexpr OnConflict on_conflict = OnConflict::replace;
    static constexpr bool is_computed = true;
    std::string_view name;
    Compute compute;

    template <typename RowType> auto written(const RowType& row) const { return compute(row); }
};

template <typename... Members> constexpr auto key(std::string_view name, Members... members) {
    return Column<OnConflict::key, Members...>{name, {members...}};
}

template <typename... Members> constexpr auto column(std::string_view name, Members... members) {
    return Column<OnConflict::replace, Members...>{name, {members...}};
}

template <typename... Members> constexpr auto kept(std::string_view name, Members... members) {
    return Column<OnConflict::keep, Members...>{name, {members...}};
}

template <typename... Members> constexpr auto json(std::string_view name, Members... members) {
    return JsonColumn<Members...>{{name, {members...}}};
}

template <typename Compute> constexpr auto computed(std::string_view name, Compute compute) {
    return ComputedColumn<Compute>{name, compute};
}

template <typename Columns> struct Table {
    std::string_view name;
    Columns columns; ///< a tuple
};

template <typename One> constexpr auto as_columns(One column) { return std::tuple{column}; }
template <typename... Columns> constexpr auto as_columns(std::tuple<Columns...> columns) {
    return columns;
}

/// Each of `columns` is a column or a tuple of columns.
template <typename... Columns> constexpr auto table(std::string_view name, Columns... columns) {
    const auto each = std::tuple_cat(as_columns(columns)...);
    return Table<std::remove_const_t<decltype(each)>>{name, each};
}

/// The description of the table for rows of this type.
template <typename RowType> inline constexpr int table_of = 0;

/// A column without its members.
struct ColumnOutline {
    std::string_view name;
    OnConflict on_conflict = OnConflict::replace;
    bool is_computed = false;
};

/// A table without its row type, for making SQL.
struct TableOutline {
    std::string_view name;
    std::vector<ColumnOutline> columns;
};

/// The table with one more key column before all others.
TableOutline with_key(TableOutline table, std::string_view name);

template <typename RowType> TableOutline outline_of() {
    const auto& table = table_of<RowType>;
    return std::apply(
        [&](const auto&... column) {
            return TableOutline{table.name,
                                {{column.name, column.on_conflict, column.is_computed}...}};
        },
        table.columns);
}

/// The list of columns to write: `job_key, loaded_through, …`.
std::string written_columns(const TableOutline& table);

/// The list of columns to read: the same without computed ones.
std::string read_columns(const TableOutline& table);

/// `SELECT job_key, … FROM watermark WHERE …`, where `rest` begins with WHERE.
std::string select_from(const TableOutline& table, std::string_view rest);

/// `INSERT INTO watermark (job_key, …) VALUES …`, where `rest` begins with VALUES.
std::string insert_into(const TableOutline& table, std::string_view rest);

/// ` ON CONFLICT (job_key) DO UPDATE SET loaded_through = excluded.loaded_through, …`, or `DO
/// NOTHING` when no column is replaced.
std::string on_conflict(const TableOutline& table);

/// The same with these assignments after SET.
std::string on_conflict(const TableOutline& table, std::string_view assignments);

} // namespace tidemark
