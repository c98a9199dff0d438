#include "warehouse/sqlite/statement.hpp"

#include "error.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace tidemark::sqlite {
namespace {

Error unreadable(std::string_view text, std::string_view kind) {
    return Error{fmt::format("the warehouse holds '{}' where {} should be", text, kind)};
}

} // namespace

bool Row::is_null(int column) const {
    return sqlite3_column_type(&m_statement, column) == SQLITE_NULL;
}

std::int64_t Row::integer(int column) const { return sqlite3_column_int64(&m_statement, column); }

double Row::real(int column) const { return sqlite3_column_double(&m_statement, column); }

std::string_view Row::text(int column) const {
    const void* text = sqlite3_column_text(&m_statement, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(&m_statement, column));
    return {static_cast<const char*>(text), size};
}

Guid Row::guid(int column) const {
    const auto guid = parse_guid(text(column));
    if (!guid) throw unreadable(text(column), "an id");
    return *guid;
}

Timestamp Row::moment(int column) const {
    const auto moment = timestamp_from_text(text(column));
    if (!moment) throw unreadable(text(column), "a moment");
    return *moment;
}

LocalTime Row::local_time(int column) const { return LocalTime{moment(column).time_since_epoch()}; }

Date Row::day(int column) const {
    const auto day = date_from_text(text(column));
    if (!day) throw unreadable(text(column), "a day");
    return *day;
}

ValueView Row::view(int column) const {
    switch (sqlite3_column_type(&m_statement, column)) {
    case SQLITE_NULL: return std::monostate{};
    case SQLITE_INTEGER: return integer(column);
    case SQLITE_FLOAT: return real(column);
    default: return text(column);
    }
}

Value Row::value(int column) const { return value_of(view(column)); }

void Statement::Finalize::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

Statement::ResetAtEnd::~ResetAtEnd() { sqlite3_reset(handle); }

Statement::Statement(Connection& connection, std::string_view sql) : m_connection(connection) {
    sqlite3_stmt* handle = nullptr;
    const int code =
        sqlite3_prepare_v3(connection.handle(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    m_handle.reset(handle);
    require(code);
}

std::vector<std::string> Statement::columns() const {
    const int count = sqlite3_column_count(handle());
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        names.emplace_back(sqlite3_column_name(handle(), i));
    return names;
}

std::vector<std::string> Statement::declared_types() const {
    std::vector<std::string> types;
    for (int column = 0; column < sqlite3_column_count(handle()); ++column) {
        const char* type = sqlite3_column_decltype(handle(), column);
        types.emplace_back(type == nullptr ? "" : type);
    }
    return types;
}

void Statement::bind(int index, std::int64_t value) {
    require(sqlite3_bind_int64(handle(), index, value));
}

void Statement::bind(int index, double value) {
    require(sqlite3_bind_double(handle(), index, value));
}

void Statement::bind(int index, std::string_view value) {
    // SQLite takes a null pointer for NULL, and an empty view may hold one
    const char* text = value.data() == nullptr ? "" : value.data();
    require(sqlite3_bind_text64(handle(), index, text, value.size(), nullptr, SQLITE_UTF8));
}

void Statement::bind_null(int index) { require(sqlite3_bind_null(handle(), index)); }

void Statement::require(int code) {
    if (code != SQLITE_OK) m_connection.fail("use");
}

bool Statement::step() {
    const int code = sqlite3_step(handle());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) m_connection.fail("use");
    return false;
}

} // namespace tidemark::sqlite
