#include "warehouse/postgres/warehouse.hpp"

#include "error.hpp"
#include "warehouse/postgres/citus.hpp"
#include "warehouse/postgres/connection.hpp"
#include "warehouse/postgres/lease.hpp"
#include "warehouse/postgres/prune.hpp"
#include "warehouse/postgres/reader.hpp"
#include "warehouse/postgres/schema.hpp"
#include "warehouse/postgres/values.hpp"
#include "warehouse/postgres/writer.hpp"

#include <fmt/format.h>

#include <bit>
#include <optional>

namespace tidemark::postgres {
namespace {

constexpr std::string_view changed_tables =
    "SELECT quote_ident(c.relname) FROM pg_class c"
    " JOIN pg_namespace n ON n.oid = c.relnamespace"
    " LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid"
    " WHERE n.nspname = $1 AND c.relkind IN ('r', 'p')"
    " AND (c.reltuples < 0 OR coalesce(s.n_mod_since_analyze, 0) > 1000 + 0.1 * c.reltuples)";

} // namespace

void optimize(Connection& connection) {
    if (connection.read_only()) return;
    try {
        connection.transact_once([&](pqxx::work& tx) {
            const auto tables = exec(tx, changed_tables, connection.schema());
            for (const auto& row : tables)
                exec(tx, fmt::format("ANALYZE {}", text_in(row[0])));
        });
    } catch (const Error&) {
        // the server does it by itself, only later
    }
}

} // namespace tidemark::postgres

namespace tidemark {
namespace {

using postgres::Connection;
using postgres::HeldLock;

class PostgresLease : public Lease {
public:
    explicit PostgresLease(std::shared_ptr<HeldLock> lock) : m_lock(std::move(lock)) {}

private:
    std::shared_ptr<HeldLock> m_lock;
};

/// After a commit of which the server's answer was lost: whether the batch was stored. New
/// executions and what is added to counts matter, everything else can be stored twice. Counts come
/// with an execution that this sync found new or changed, and had not before with this content.
bool is_stored(pqxx::work& tx, const Batch& batch) {
    const bool has_new = !batch.new_executions.empty();
    if (!has_new && (batch.shape_lines.empty() || batch.changed_executions.empty())) return false;
    const ExecutionRow& row =
        has_new ? batch.new_executions.back() : batch.changed_executions.back();
    return !postgres::exec(tx,
                           "SELECT 1 FROM execution WHERE execution_key = $1::bigint"
                           " AND execution_id = $2::uuid AND content_hash = $3::bigint"
                           " AND changed_at = $4::timestamptz",
                           std::to_string(row.execution_key), to_text(row.execution.id),
                           std::to_string(std::bit_cast<std::int64_t>(row.execution.content_hash)),
                           to_text(row.changed_at))
                .empty();
}

class PostgresWarehouse : public Warehouse {
public:
    PostgresWarehouse(const std::string& url, const std::string& schema, OpenMode mode)
        : m_connection(url, schema, mode == OpenMode::read_only) {}

    std::unique_ptr<Lease> lease(std::chrono::milliseconds wait) override {
        if (m_connection.read_only())
            throw Error(fmt::format("'{}' was opened for reading only", name()));
        const auto lock = std::make_shared<HeldLock>(m_connection, wait);
        m_lock = lock;
        return std::make_unique<PostgresLease>(lock);
    }

    SchemaState schema() override { return postgres::schema_state(free_connection()); }

    std::string_view dialect() const override { return "postgres"; }

    void apply(const SchemaFile& file, Timestamp now) override {
        postgres::apply(free_connection(), file, now);
    }

    void define_views(std::span<const ViewFile> views, std::string_view checksum) override {
        postgres::define_views(free_connection(), views, checksum);
    }

    Dimensions dimensions(std::string_view organisation) override {
        return postgres::dimensions(free_connection(), organisation);
    }

    std::vector<JobHistory> histories(std::span<const Key> job_keys) override {
        return postgres::histories(free_connection(), job_keys);
    }

    std::vector<KnownExecution> find(std::span<const Guid> execution_ids) override {
        return postgres::find(free_connection(), execution_ids);
    }

    std::vector<std::optional<Timestamp>>
    newest_created(std::span<const CreationLimit> limits) override {
        return postgres::newest_created(free_connection(), limits);
    }

    std::vector<Guid> held(Key job_key, std::span<const Guid> execution_ids) override {
        return postgres::held(free_connection(), job_key, execution_ids);
    }

    std::vector<Guid> created_between(Key job_key, Timestamp from, Timestamp until) override {
        return postgres::created_between(free_connection(), job_key, from, until);
    }

    std::optional<Date> first_day(Date from) override {
        return postgres::first_day(free_connection(), from);
    }

    std::vector<TaskRunRow> task_runs(Key execution_key) override {
        return postgres::task_runs(free_connection(), execution_key);
    }

    void each_execution(Key organisation_key, const StoredExecutionSink& sink) override {
        postgres::each_execution(free_connection(), organisation_key, sink);
    }

    std::vector<Log> logs(Key execution_key) override {
        return postgres::logs(free_connection(), execution_key);
    }

    void write(const Batch& batch) override {
        if (batch.empty()) return;
        free_connection().transact([&](pqxx::work& tx, int failures) {
            if (const auto lock = m_lock.lock()) lock->ensure_held(tx);
            if (failures > 0 && is_stored(tx, batch)) return;
            postgres::write(tx, batch);
        });
    }

    /// Once: what `work` reads cannot be read again.
    void write_all(const std::function<void(const BatchSink&)>& work) override {
        free_connection().transact_once([&](pqxx::work& tx) {
            if (const auto lock = m_lock.lock()) lock->ensure_held(tx);
            work([&](const Batch& batch) { postgres::write(tx, batch); });
        });
    }

    void prune(const Pruning& pruning) override {
        free_connection().transact([&](pqxx::work& tx, int) {
            if (const auto lock = m_lock.lock()) lock->ensure_held(tx);
            postgres::prune(tx, pruning);
        });
    }

    void optimize() override { postgres::optimize(free_connection()); }

    void read(std::string_view relation, const RowSink& sink) override {
        with_reading_connection([&](Connection& from) { postgres::read(from, relation, sink); });
    }

    std::vector<ColumnType> columns(std::string_view relation) override {
        return postgres::columns(free_connection(), relation);
    }

    void violations(const ViewFile& check, const RowSink& sink) override {
        with_reading_connection([&](Connection& from) { postgres::select(from, check.sql, sink); });
    }

    WarehouseAddress address() override {
        Connection& connection = free_connection();
        return connection.transact(
            [&](pqxx::work& tx, int) { return postgres::address(tx, connection.schema()); });
    }

    std::string name() const override { return m_connection.name(); }

private:
    /// One that no rows are being handed out over: who is handed them can use this warehouse.
    Connection& free_connection() {
        while (m_others.size() < m_readings) {
            m_others.push_back(std::make_unique<Connection>(
                m_connection.url(), m_connection.schema(), m_connection.read_only()));
        }
        return m_readings == 0 ? m_connection : *m_others[m_readings - 1];
    }

    template <typename Work> void with_reading_connection(Work work) {
        Connection& from = free_connection();
        struct Reading {
            explicit Reading(std::size_t& counted) : readings(counted) { ++readings; }
            ~Reading() { --readings; }
            Reading(const Reading&) = delete;
            Reading& operator=(const Reading&) = delete;
            std::size_t& readings;
        } reading(m_readings);
        work(from);
    }

    Connection m_connection;
    std::vector<std::unique_ptr<Connection>> m_others; // made when they are needed, and kept
    std::size_t m_readings = 0;                        // one within the other
    std::weak_ptr<HeldLock> m_lock; // the lease that was taken here, while it lives
};

} // namespace

std::unique_ptr<Warehouse> open_postgres_warehouse(const std::string& url,
                                                   const std::string& schema, OpenMode mode) {
    return std::make_unique<PostgresWarehouse>(url, schema, mode);
}

std::string postgres_grants(const std::string& url, const std::string& schema) {
    Connection connection(url, schema, true);
    return postgres::grants(connection);
}

void postgres_require_citus(const std::string& url, const std::string& schema) {
    Connection connection(url, schema, true);
    postgres::require_citus(connection);
}

std::vector<TablePlace> postgres_lay_out(const std::string& url, const std::string& schema,
                                         Layout layout) {
    Connection connection(url, schema, false);
    return layout == Layout::citus ? postgres::distribute(connection)
                                   : postgres::undistribute(connection);
}

} // namespace tidemark
