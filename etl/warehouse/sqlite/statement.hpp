#pragma once

#include "model/guid.hpp"
#include "model/time.hpp"
#include "warehouse/row_values.hpp"
#include "warehouse/sqlite/connection.hpp"
#include "warehouse/warehouse.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

struct sqlite3_stmt;

namespace tidemark::sqlite {

/// The current row of a statement. Columns count from 0; a text is valid until the next row. Throws
/// Error for an invalid guid, moment or day.
class Row {
public:
    explicit Row(sqlite3_stmt& statement) : m_statement(statement) {}

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::uint64_t hash(int column) const {
        return std::bit_cast<std::uint64_t>(integer(column));
    }
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
    [[nodiscard]] Guid guid(int column) const;
    [[nodiscard]] Timestamp moment(int column) const;
    [[nodiscard]] LocalTime local_time(int column) const;
    [[nodiscard]] Date day(int column) const;

    /// The value with its own type, which can differ from the declared type of its column.
    [[nodiscard]] Value value(int column) const;
    [[nodiscard]] ValueView view(int column) const;

    template <typename T>
    [[nodiscard]] std::optional<T> nullable(T (Row::*read)(int) const, int column) const {
        if (is_null(column)) return std::nullopt;
        return (this->*read)(column);
    }

private:
    sqlite3_stmt& m_statement;
};

/// A prepared statement. The connection must outlive it.
class Statement {
public:
    /// Throws Error for invalid SQL.
    Statement(Connection& connection, std::string_view sql);

    /// Runs the statement with these parameters, which are bound without copies.
    template <typename... Values> void run(const Values&... values) {
        each([](const Row&) {}, values...);
    }

    /// Runs the statement and calls `on_row` with each row. If `on_row` returns bool, false ends
    /// the run.
    template <typename OnRow, typename... Values> void each(OnRow on_row, const Values&... values) {
        each_stored(on_row, stored(values)...);
    }

    /// The names of the result's columns.
    [[nodiscard]] std::vector<std::string> columns() const;

    /// The types of the result's columns in their tables; "" for computed columns.
    [[nodiscard]] std::vector<std::string> declared_types() const;

    [[nodiscard]] sqlite3_stmt* handle() const { return m_handle.get(); }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const;
    };

    /// Resets the statement at the end of a run, also after an exception.
    struct ResetAtEnd {
        sqlite3_stmt* handle;
        ~ResetAtEnd();
    };

    template <typename OnRow, typename... Forms>
    void each_stored(OnRow& on_row, const Forms&... forms) {
        const ResetAtEnd reset{handle()};
        [[maybe_unused]] int index = 0;
        (bind(++index, forms), ...);
        while (step()) {
            if constexpr (std::is_void_v<std::invoke_result_t<OnRow&, Row>>) {
                on_row(Row{*handle()});
            } else if (!on_row(Row{*handle()})) {
                break;
            }
        }
    }

    void bind(int index, std::int64_t value);
    void bind(int index, double value);
    void bind(int index, std::string_view value);
    void bind_null(int index);
    template <std::size_t Width> void bind(int index, const FixedText<Width>& value) {
        bind(index, value.view());
    }
    template <typename T> void bind(int index, const std::optional<T>& value) {
        value ? bind(index, *value) : bind_null(index);
    }
    void require(int code);
    bool step();

    Connection& m_connection;
    std::unique_ptr<sqlite3_stmt, Finalize> m_handle;
};

} // namespace tidemark::sqlite
