#include "warehouse/sqlite/rows_table.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstddef>
#include <new>
#include <utility>

namespace tidemark::sqlite {
namespace {

struct Table : sqlite3_vtab {
    const RowsTable::Content* content = nullptr;
};

struct Cursor : sqlite3_vtab_cursor {
    std::size_t at = 0;
};

Cursor& cursor_of(sqlite3_vtab_cursor* cursor) { return *static_cast<Cursor*>(cursor); }

const RowsTable::Content& content_of(sqlite3_vtab_cursor* cursor) {
    return *static_cast<Table*>(cursor->pVtab)->content;
}

int connect(sqlite3* database, void* content, int /*count*/, const char* const* /*arguments*/,
            sqlite3_vtab** table, char** /*error*/) {
    auto* const made = new (std::nothrow) Table;
    if (made == nullptr) return SQLITE_NOMEM;
    made->content = static_cast<const RowsTable::Content*>(content);
    *table = made;
    return sqlite3_declare_vtab(database, made->content->declaration.c_str());
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
    return cursor_of(cursor).at >= content_of(cursor).rows.size() ? 1 : 0;
}

int column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int index) {
    const RowsTable::Content& content = content_of(cursor);
    const auto& [parent_key, row] = content.rows[cursor_of(cursor).at];
    ColumnResult result(*context);
    if (index == 0) {
        result.set(parent_key);
    } else {
        content.column_of(row, index - 1, result);
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

void ColumnResult::set(std::int64_t value) { sqlite3_result_int64(&m_context, value); }

void ColumnResult::set(std::string_view text) {
    // SQLite takes a null pointer for NULL, and an empty view may hold one
    const char* begin = text.data() == nullptr ? "" : text.data();
    sqlite3_result_text64(&m_context, begin, text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void ColumnResult::set_copy(std::string_view text) {
    sqlite3_result_text64(&m_context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

RowsTable::RowsTable(Connection& connection, std::string name, std::string_view columns,
                     ColumnOf column_of)
    : m_connection(connection),
      m_name(std::move(name)),
      m_content{.declaration = fmt::format("CREATE TABLE {} ({})", m_name, columns),
                .column_of = column_of,
                .rows = {}} {
    const int code =
        sqlite3_create_module(connection.handle(), m_name.c_str(), &module, &m_content);
    if (code != SQLITE_OK) connection.fail("use");
}

RowsTable::~RowsTable() {
    sqlite3_create_module(m_connection.handle(), m_name.c_str(), nullptr, nullptr);
}

} // namespace tidemark::sqlite
