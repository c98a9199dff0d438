#include "warehouse/sqlite/warehouse.hpp"

#include "error.hpp"
#include "platform/interrupt.hpp"
#include "platform/path_text.hpp"
#include "warehouse/sqlite/connection.hpp"
#include "warehouse/sqlite/prune.hpp"
#include "warehouse/sqlite/reader.hpp"
#include "warehouse/sqlite/schema.hpp"
#include "warehouse/sqlite/writer.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <optional>

namespace tidemark::sqlite {
namespace {

void try_exec(Connection& connection, std::string_view sql) {
    try {
        connection.execute(sql);
    } catch (const Error&) {
        // the next sync tries again
    }
}

} // namespace

void optimize(Connection& connection) {
    const auto usual = connection.wait_for_locks(std::chrono::milliseconds{0});
    try_exec(connection, "PRAGMA analysis_limit = 400; PRAGMA optimize");
    try_exec(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    connection.wait_for_locks(usual);
}

namespace {

using std::chrono::milliseconds;

constexpr milliseconds poll_interval{20};

/// Holds SQLite's RESERVED lock of the file, which nobody else asks for: who writes to a file with
/// a write-ahead log has other locks. SQLite keeps it by the file itself, not by one of its names.
class FileLease : public Lease {
public:
    FileLease(const std::filesystem::path& warehouse, std::string_view name, milliseconds wait)
        : m_connection(warehouse, Access::existing) {
        if (sqlite3_db_readonly(m_connection.handle(), "main") == 1) {
            throw Error(fmt::format("cannot use '{}': attempt to write a readonly database; allow "
                                    "this user to write to the file and its folder",
                                    utf8(warehouse)));
        }
        if (schema_state(m_connection).kind == SchemaKind::foreign) return; // nobody writes to it
        if (!poll_until(wait, poll_interval, [this] { return try_once(); }))
            throw lease_held(name, wait);
    }

    ~FileLease() override {
        if (m_file != nullptr) m_file->pMethods->xUnlock(m_file, SQLITE_LOCK_SHARED);
    }

    FileLease(const FileLease&) = delete;
    FileLease& operator=(const FileLease&) = delete;

private:
    bool try_once() {
        try {
            use_write_ahead_log(m_connection);
            schema_state(m_connection); // from the first look on, the connection shares the file
        } catch (const Interrupted&) {
            throw;
        } catch (const Error&) {
            if (!m_connection.is_locked_by_another()) throw;
            return false;
        }
        sqlite3_file* file = nullptr;
        sqlite3_file_control(m_connection.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
        if (file->pMethods == nullptr)
            throw Error(fmt::format("cannot lock '{}': it is no file", utf8(m_connection.file())));
        const int code = file->pMethods->xLock(file, SQLITE_LOCK_RESERVED);
        if (code == SQLITE_BUSY) return false;
        if (code != SQLITE_OK) {
            throw Error(fmt::format("cannot lock '{}': {}; keep it on a disk of this machine",
                                    utf8(m_connection.file()), sqlite3_errstr(code)));
        }
        m_file = file;
        return true;
    }

    Connection m_connection;
    sqlite3_file* m_file = nullptr; ///< the connection's, once it is locked
};

} // namespace

std::unique_ptr<Lease> acquire_lease(const std::filesystem::path& warehouse, std::string_view name,
                                     milliseconds wait) {
    return std::make_unique<FileLease>(warehouse, name, wait);
}

} // namespace tidemark::sqlite

namespace tidemark {
namespace {

sqlite::Access access_of(OpenMode mode) {
    switch (mode) {
    case OpenMode::create: return sqlite::Access::create;
    case OpenMode::existing: return sqlite::Access::existing;
    case OpenMode::read_only: break;
    }
    return sqlite::Access::read_only;
}

class SqliteWarehouse : public Warehouse {
public:
    SqliteWarehouse(const std::filesystem::path& file, OpenMode mode,
                    std::chrono::milliseconds lock_wait)
        : m_mode(mode), m_connection(file, access_of(mode)) {
        m_connection.wait_for_locks(lock_wait);
        m_connection.execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;"
                             "PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY;"
                             "PRAGMA secure_delete = OFF; PRAGMA wal_autocheckpoint = 4000;"
                             "PRAGMA journal_size_limit = 0");
        sqlite::schema_state(m_connection); // what is no database says so now
    }

    std::unique_ptr<Lease> lease(std::chrono::milliseconds wait) override {
        if (m_mode == OpenMode::read_only)
            throw Error(fmt::format("'{}' was opened for reading only", name()));
        return sqlite::acquire_lease(m_connection.file(), name(), wait);
    }

    SchemaState schema() override { return sqlite::schema_state(m_connection); }

    std::string_view dialect() const override { return "sqlite"; }

    void apply(const SchemaFile& file, Timestamp now) override {
        sqlite::apply(m_connection, file, now);
    }

    void define_views(std::span<const ViewFile> views, std::string_view checksum) override {
        sqlite::define_views(m_connection, views, checksum);
    }

    Dimensions dimensions(std::string_view organisation) override {
        return sqlite::dimensions(m_connection, organisation);
    }

    std::vector<JobHistory> histories(std::span<const Key> job_keys) override {
        return sqlite::histories(m_connection, job_keys);
    }

    std::vector<KnownExecution> find(std::span<const Guid> execution_ids) override {
        return sqlite::find(m_connection, execution_ids);
    }

    std::vector<std::optional<Timestamp>>
    newest_created(std::span<const CreationLimit> limits) override {
        return sqlite::newest_created(m_connection, limits);
    }

    std::vector<Guid> held(Key job_key, std::span<const Guid> execution_ids) override {
        return sqlite::held(m_connection, job_key, execution_ids);
    }

    std::vector<Guid> created_between(Key job_key, Timestamp from, Timestamp until) override {
        return sqlite::created_between(m_connection, job_key, from, until);
    }

    std::optional<Date> first_day(Date from) override {
        return sqlite::first_day(m_connection, from);
    }

    std::vector<TaskRunRow> task_runs(Key execution_key) override {
        return sqlite::task_runs(m_connection, execution_key);
    }

    void each_execution(Key organisation_key, const StoredExecutionSink& sink) override {
        sqlite::each_execution(m_connection, organisation_key, sink);
    }

    std::vector<Log> logs(Key execution_key) override {
        return sqlite::logs(m_connection, execution_key);
    }

    void write(const Batch& batch) override {
        if (!m_writer) m_writer.emplace(m_connection);
        m_writer->write(batch);
    }

    void write_all(const std::function<void(const BatchSink&)>& work) override {
        if (!m_writer) m_writer.emplace(m_connection);
        m_writer->write_all(work);
    }

    void prune(const Pruning& pruning) override { sqlite::prune(m_connection, pruning); }

    void optimize() override { sqlite::optimize(m_connection); }

    void read(std::string_view relation, const RowSink& sink) override {
        sqlite::read(m_connection, relation, sink);
        m_connection.require_unchanged();
    }

    std::vector<ColumnType> columns(std::string_view relation) override {
        return sqlite::columns(m_connection, relation);
    }

    void violations(const ViewFile& check, const RowSink& sink) override {
        sqlite::select(m_connection, check.sql, sink);
        m_connection.require_unchanged();
    }

    WarehouseAddress address() override {
        return {.file = utf8(std::filesystem::absolute(m_connection.file()).lexically_normal())};
    }

    std::string name() const override { return "sqlite:" + utf8(m_connection.file()); }

private:
    OpenMode m_mode;
    sqlite::Connection m_connection;
    std::optional<sqlite::BatchWriter> m_writer; // made by the first write, when there are tables
};

} // namespace

std::unique_ptr<Warehouse> open_sqlite_warehouse(const std::filesystem::path& file, OpenMode mode,
                                                 std::chrono::milliseconds lock_wait) {
    return std::make_unique<SqliteWarehouse>(file, mode, lock_wait);
}

} // namespace tidemark
