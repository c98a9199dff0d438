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

/// The row that a statement stands on. Columns count from 0; a text lives until the next row.
/// Throws Error for a guid, a moment or a day that is none.
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
    [[nodiscard]] Date day(int column) const;

    /// By the type that the value itself has, whatever its column was declared as.
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

/// A prepared statement, to be run many times. The connection must outlive it.
class Statement {
public:
    /// Throws Error when SQLite does not take the text.
    Statement(Connection& connection, std::string_view sql);

    /// Runs it with these parameters, bound without copying.
    template <typename... Values> void run(const Values&... values) {
        each([](const Row&) {}, values...);
    }

    /// Runs it and hands over each row, until `on_row` returns false where it returns anything.
    template <typename OnRow, typename... Values> void each(OnRow on_row, const Values&... values) {
        each_stored(on_row, stored(values)...);
    }

    /// The names of the columns that it returns.
    [[nodiscard]] std::vector<std::string> columns() const;

    /// The types that the tables declare for the columns of its result; "" for what is computed.
    [[nodiscard]] std::vector<std::string> declared_types() const;

    [[nodiscard]] sqlite3_stmt* handle() const { return m_handle.get(); }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const;
    };

    /// Makes the statement ready for its next run, however this one ends.
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
