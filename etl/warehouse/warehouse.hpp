#pragma once

#include "error.hpp"
#include "warehouse/batch.hpp"
#include "warehouse/rows.hpp"
#include "warehouse/values.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tidemark {

/// What a sync needs to know about a stored execution.
struct KnownExecution {
    Guid id;
    Key execution_key = 0;
    Key job_key = 0;
    Timestamp created_at;
    Timestamp first_seen_at;
    std::uint64_t content_hash = 0;
    std::int64_t state_code = 0;
    State state = State::unknown;
    std::optional<Timestamp> ended_at;
    std::int64_t log_count = 0; ///< of all stored lines
    bool open = false;          ///< see `Execution::is_open`
    bool incomplete = false;    ///< a part of it was rejected
    std::optional<Timestamp> lost_since;
    std::optional<Timestamp> abandoned_since;
    std::optional<Timestamp> doubtful_after;    ///< see `Execution::doubtful_after`
    std::optional<std::string> source_timezone; ///< see `Execution::source_timezone`
    std::optional<Timestamp> logs_pruned_at;    ///< when its log lines were removed
    std::optional<ExecutionReadingRow> reading; ///< null when an earlier version stored it

    bool operator==(const KnownExecution&) const = default;
};

/// A rejected record that has not been resolved.
struct KnownRejection {
    Key rejected_record_key = 0;
    std::uint64_t content_hash = 0;
    std::optional<Guid> execution_id;
    Timestamp first_seen_at;
};

/// A stored execution for attribution: its id, state, moments and its log lines, in order and
/// without `extra`.
struct StoredExecution {
    Key execution_key = 0;
    Key job_key = 0;
    Execution execution;
    Date created_on;
    std::optional<LocalTime> created_at_local; ///< as `ExecutionRow::created_at_local`
    bool given_up = false;                     ///< it is lost or abandoned
    bool logs_pruned = false;          ///< its log lines were removed, so its task runs must stay
    std::vector<TaskRunRow> task_runs; ///< with the keys of their tasks, without names
};

/// Called with stored executions until it returns false.
using StoredExecutionSink = std::function<bool(StoredExecution)>;

/// Stores a batch.
using BatchSink = std::function<void(const Batch&)>;

/// The stored state of a job.
struct JobHistory {
    std::optional<WatermarkRow> watermark;
    std::optional<Timestamp> newest_created_at; ///< of its stored executions
    std::vector<KnownExecution> pending;        ///< open or incomplete: compared at every sync
    std::vector<KnownRejection> rejections;     ///< unresolved
    std::vector<PruneMarkRow> prune_marks;
    std::int64_t stopped_reads = 0; ///< number of stopped readings since the last whole one
};

/// The executions of a job that were created before a moment.
struct CreationLimit {
    Key job_key = 0;
    Timestamp before;
};

/// Executions to remove.
struct Pruning {
    std::vector<Key> executions;
    bool logs_only = false; ///< remove only log lines, and set `logs_pruned_at`
    Timestamp now;
};

/// The small tables of one organisation, and the highest key of every table that has one.
struct Dimensions {
    std::optional<OrganisationRow> organisation;
    bool has_executions = false; ///< of the organisation
    std::vector<JobRow> jobs;
    std::vector<DataSourceRow> data_sources;
    std::vector<TransferTaskRow> transfer_tasks;
    std::vector<SyncRunRow>
        unfinished_syncs; ///< `running` rows of the sync log, of all organisations

    /// The latest start of the last ten syncs. Only ten, so that a sync with a clock far ahead has
    /// no effect for ever.
    std::optional<Timestamp> latest_sync_at;

    Key last_organisation_key = 0; ///< 0 when the table is empty; of all organisations
    Key last_job_key = 0;
    Key last_data_source_key = 0;
    Key last_transfer_task_key = 0;
    Key last_execution_key = 0;
    Key last_rejected_record_key = 0;
    Key last_sync_run_key = 0;
};

/// A numbered file of `schema/`, in one dialect.
struct SchemaFile {
    int version = 0;       ///< the number at the beginning of its name
    std::string_view name; ///< `001_history.sql`
    std::string_view sql;
};

/// A file of `sql/` with the SELECT of a view, or one of `sql/verify/` with a SELECT of rows that
/// break a rule of the tables.
struct ViewFile {
    std::string_view name; ///< `last_successful_load`
    std::string sql;       ///< in one dialect
};

/// What a database contains.
enum class SchemaKind {
    empty,   ///< nothing: ready for the first migration
    ours,    ///< a warehouse of any version
    foreign, ///< tables of another program: must not be changed
};

struct SchemaState {
    SchemaKind kind = SchemaKind::empty;
    int version = 0;                ///< the highest applied schema file
    std::string views_checksum;     ///< of the current view definitions; "" when there are none
    std::vector<std::string> views; ///< all views, those of others included
};

/// The address of a warehouse for other programs: a file, or a schema on a server. Contains no
/// secret.
struct WarehouseAddress {
    std::string file;   ///< absolute; "" on a server
    std::string server; ///< `db.example`, with `:5433` when the port is not 5432
    std::string database;
    std::string schema;
};

/// A column of a table or view, from the database's catalogue.
struct ColumnType {
    std::string name;
    std::string type;        ///< `INTEGER`, `bigint`, …; "" when SQLite has none
    bool can_be_null = true; ///< always true for columns of views
};

/// Called with the names of the columns once, then with each row.
struct RowSink {
    std::function<void(const std::vector<std::string>&)> columns;
    std::function<void(const std::vector<Value>&)> row;
};

/// How long a command waits for the lease.
constexpr std::chrono::seconds default_lease_wait{10};

/// The right to write to a warehouse, released by the destructor or at the end of the process.
class Lease {
public:
    virtual ~Lease() = default;
};

/// The error for a lease that was not free within `waited`.
LeaseHeld lease_held(std::string_view name, std::chrono::milliseconds waited);

/// The schema of a warehouse: its tables and views. The dialect decides which files belong to it:
/// `schema_files_of`, `view_files_of` and `check_files_of` of `warehouse/sql_files.hpp`.
class WarehouseSchema {
public:
    virtual ~WarehouseSchema() = default;

    /// `sqlite` or `postgres`, the names of the folders in `schema/` and `sql/`.
    [[nodiscard]] virtual std::string_view dialect() const = 0;

    [[nodiscard]] virtual SchemaState schema() = 0;

    /// Applies a schema file and records it, in one transaction.
    virtual void apply(const SchemaFile& file, Timestamp now) = 0;

    /// Replaces our views with these and stores `checksum`, in one transaction.
    virtual void define_views(std::span<const ViewFile> views, std::string_view checksum) = 0;
};

/// The rows of a warehouse by the names of its tables and views, for people and for checks.
class WarehouseRows {
public:
    virtual ~WarehouseRows() = default;

    /// Passes the rows of one of our tables or views to the sink, in their own order. Throws Error
    /// for an unknown name.
    virtual void read(std::string_view name, const RowSink& sink) = 0;

    /// The columns of one of our tables or views, in order. Throws Error for an unknown name.
    virtual std::vector<ColumnType> columns(std::string_view name) = 0;

    /// Runs one of `check_files_of` and passes a row for each violation to the sink.
    virtual void violations(const ViewFile& check, const RowSink& sink) = 0;
};

/// The history in a warehouse, as values: reading what a sync needs, and writing batches.
class WarehouseHistory {
public:
    virtual ~WarehouseHistory() = default;

    /// The small tables of an organisation.
    virtual Dimensions dimensions(std::string_view organisation) = 0;

    /// The stored states of these jobs, each given once, in their order.
    virtual std::vector<JobHistory> histories(std::span<const Key> job_keys) = 0;

    /// The same for one job.
    JobHistory history(Key job_key) { return std::move(histories({&job_key, 1}).front()); }

    /// The stored ones of these executions, of any job, in any order.
    virtual std::vector<KnownExecution> find(std::span<const Guid> execution_ids) = 0;

    /// For each of these, in their order: the newest creation of the job's stored executions before
    /// the limit; null when there is none.
    virtual std::vector<std::optional<Timestamp>>
    newest_created(std::span<const CreationLimit> limits) = 0;

    /// The same for one job.
    std::optional<Timestamp> newest_created_before(Key job_key, Timestamp limit) {
        const CreationLimit one{.job_key = job_key, .before = limit};
        return newest_created({&one, 1}).front();
    }

    /// The ones of these executions that are stored for this job, in any order.
    virtual std::vector<Guid> held(Key job_key, std::span<const Guid> execution_ids) = 0;

    /// A job's stored executions created from `from` to before `until`, without lost ones.
    virtual std::vector<Guid> created_between(Key job_key, Timestamp from, Timestamp until) = 0;

    /// The first day, from `from` on, with a stored execution.
    virtual std::optional<Date> first_day(Date from) = 0;

    /// The stored log lines of an execution, in order.
    virtual std::vector<Log> logs(Key execution_key) = 0;

    /// The stored task runs of an execution, with the keys of their tasks, without names.
    virtual std::vector<TaskRunRow> task_runs(Key execution_key) = 0;

    /// Passes an organisation's stored executions to the sink, the newest first, from one snapshot
    /// and in bounded memory. Their order does not depend on the order in which they were stored.
    /// The sink must not use this warehouse.
    virtual void each_execution(Key organisation_key, const StoredExecutionSink& sink) = 0;

    /// Stores a batch atomically.
    virtual void write(const Batch& batch) = 0;

    /// Stores all batches of `work` in one transaction, or none when `work` throws. `work` must not
    /// use this warehouse in another way.
    virtual void write_all(const std::function<void(const BatchSink&)>& work) = 0;

    /// Removes executions with their log lines and task runs, or only the lines, and updates the
    /// counts of lines. Adds the removed executions and runs to the roll-ups by day. Atomic.
    /// Executions that are not stored are ignored.
    virtual void prune(const Pruning& pruning) = 0;

    /// Maintenance after a sync (statistics, write-ahead log). Never necessary.
    virtual void optimize() = 0;
};

/// A warehouse in SQLite or PostgreSQL. Its interface consists of batches and rows; transactions
/// and statements are internal. One thread at a time; open it twice for two threads. Each call
/// throws Error, with the database's message and a remedy, when the database fails.
class Warehouse : public WarehouseSchema, public WarehouseRows, public WarehouseHistory {
public:
    /// Acquires the right to sync or migrate, which one process has at a time. Waits for at most
    /// `wait`. Throws LeaseHeld.
    virtual std::unique_ptr<Lease> lease(std::chrono::milliseconds wait) = 0;

    /// The address for other programs.
    [[nodiscard]] virtual WarehouseAddress address() = 0;

    /// The URL without secrets, for messages.
    [[nodiscard]] virtual std::string name() const = 0;
};

struct WarehouseConfig;
enum class OpenMode { create, existing, read_only };

/// Opens the warehouse of a URL: `sqlite:FILE` (relative to `base`) or `postgresql://…`. Throws
/// ConfigError for another URL, Error when it cannot be opened. `OpenMode::create` creates a
/// missing SQLite file; the other modes throw Error then.
std::unique_ptr<Warehouse> open_warehouse(const WarehouseConfig& config, OpenMode mode);

/// Whether the SQLite file exists; true for a server.
bool warehouse_exists(const WarehouseConfig& config);

/// The absolute path of the SQLite file; nullopt for a server.
std::optional<std::filesystem::path> warehouse_file(const WarehouseConfig& config);

/// A known danger for a warehouse at this place: a SQLite file with a second name (a hard link).
/// nullopt when there is none.
std::optional<std::string> hazard_of(const WarehouseConfig& config);

/// Throws Error when the SQLite file does not exist and cannot be created: its folder is missing or
/// not writable.
void require_room_for_warehouse(const WarehouseConfig& config);

/// The statements for an administrator that create the loader's and the readers' role. Throws
/// ConfigError for SQLite, and like `open_warehouse`.
std::string grants_for(const WarehouseConfig& config);

/// A table and its place in a Citus cluster: `on one server`, `on every node`, ….
struct TablePlace {
    std::string table;
    std::string place;
};

/// The distribution of a warehouse's tables.
enum class Layout {
    one_server,
    citus, ///< log lines distributed over the nodes of a cluster
};

/// Throws ConfigError when the warehouse cannot be distributed by Citus: it is a SQLite file, or
/// its database does not have the extension.
void require_citus(const WarehouseConfig& config);

/// Distributes the tables in this layout, in one transaction, and returns the tables that moved.
/// Needs the lease and the current schema. The caller must define the views again. Throws like
/// `require_citus`.
std::vector<TablePlace> lay_out(const WarehouseConfig& config, Layout layout);

} // namespace tidemark
