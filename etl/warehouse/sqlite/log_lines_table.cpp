#include "warehouse/sqlite/log_lines_table.hpp"

#include "warehouse/values.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <new>
#include <string_view>

namespace tidemark::sqlite {
namespace {

using Shown = std::vector<const Log*>;

struct Table : sqlite3_vtab {
    const Shown* lines = nullptr;
};

struct Cursor : sqlite3_vtab_cursor {
    std::size_t at = 0;
};

Cursor& cursor_of(sqlite3_vtab_cursor* cursor) { return *static_cast<Cursor*>(cursor); }

const Shown& lines_of(sqlite3_vtab_cursor* cursor) {
    return *static_cast<Table*>(cursor->pVtab)->lines;
}

int connect(sqlite3* database, void* lines, int /*count*/, const char* const* /*arguments*/,
            sqlite3_vtab** table, char** /*error*/) {
    auto* const made = new (std::nothrow) Table;
    if (made == nullptr) return SQLITE_NOMEM;
    made->lines = static_cast<const Shown*>(lines);
    *table = made;
    return sqlite3_declare_vtab(database,
                                "CREATE TABLE lines (log_id, logged_at, severity, message, extra,"
                                " shape_key, line_number)");
}

int disconnect(sqlite3_vtab* table) {
    delete static_cast<Table*>(table);
    return SQLITE_OK;
}

int best_index(sqlite3_vtab* /*table*/, sqlite3_index_info* /*plan*/) { return SQLITE_OK; }

int open(sqlite3_vtab* /*table*/, sqlite3_vtab_cursor** cursor) {
    *cursor = new (std::nothrow) Cursor;
    return *cursor == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

int close(sqlite3_vtab_cursor* cursor) {
    delete static_cast<Cursor*>(cursor);
    return SQLITE_OK;
}

int rewind(sqlite3_vtab_cursor* cursor, int /*plan*/, const char* /*name*/, int /*count*/,
           sqlite3_value** /*arguments*/) {
    cursor_of(cursor).at = 0;
    return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* cursor) {
    ++cursor_of(cursor).at;
    return SQLITE_OK;
}

int at_end(sqlite3_vtab_cursor* cursor) {
    return cursor_of(cursor).at >= lines_of(cursor).size() ? 1 : 0;
}

/// A text that is gone when the call returns.
template <std::size_t Width> void give(sqlite3_context* result, const FixedText<Width>& text) {
    sqlite3_result_text(result, text.chars.data(), static_cast<int>(Width), SQLITE_TRANSIENT);
}

/// A text of the line, which stays until the statement has run.
void give(sqlite3_context* result, std::string_view text) {
    sqlite3_result_text64(result, text.data(), text.size(), nullptr, SQLITE_UTF8);
}

int column(sqlite3_vtab_cursor* cursor, sqlite3_context* result, int index) {
    const Log& log = *lines_of(cursor)[cursor_of(cursor).at];
    switch (index) {
    case 0: give(result, text_form(log.id)); break;
    case 1: give(result, text_form(log.logged_at)); break;
    case 2: sqlite3_result_int64(result, log.severity); break;
    case 3:
        if (log.message) give(result, *log.message);
        break;
    case 4:
        if (!log.extra.empty()) give(result, log.extra);
        break;
    case 5:
        if (log.shape_key) sqlite3_result_int64(result, *log.shape_key);
        break;
    default: sqlite3_result_int64(result, log.line_number);
    }
    return SQLITE_OK;
}

int row_id(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
    *id = static_cast<sqlite3_int64>(cursor_of(cursor).at);
    return SQLITE_OK;
}

/// Without `xCreate` the table is there by its name alone, and in no schema.
sqlite3_module make_module() {
    sqlite3_module module{};
    module.xConnect = connect;
    module.xBestIndex = best_index;
    module.xDisconnect = disconnect;
    module.xOpen = open;
    module.xClose = close;
    module.xFilter = rewind;
    module.xNext = next;
    module.xEof = at_end;
    module.xColumn = column;
    module.xRowid = row_id;
    return module;
}

const sqlite3_module module = make_module();

} // namespace

LogTable::LogTable(Connection& connection) : m_connection(connection) {
    const int code = sqlite3_create_module(connection.handle(), "lines", &module, &m_lines);
    if (code != SQLITE_OK) connection.fail("use");
}

LogTable::~LogTable() { sqlite3_create_module(m_connection.handle(), "lines", nullptr, nullptr); }

} // namespace tidemark::sqlite
