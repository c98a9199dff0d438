#pragma once

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
#include <variant>
#include <vector>

namespace tidemark {

/// What a sync needs to know of an execution that is stored.
struct KnownExecution {
    Guid id;
    Key execution_key = 0;
    Key job_key = 0;
    Timestamp created_at;
    Timestamp first_seen_at;
    std::uint64_t content_hash = 0;
    State state = State::unknown;
    std::optional<Timestamp> ended_at;
    std::int64_t log_count = 0; ///< of all stored lines
    bool open = false;          ///< as `Execution::is_open`
    bool incomplete = false;    ///< a part of it was rejected
    std::optional<Timestamp> lost_since;
    std::optional<Timestamp> abandoned_since;
    std::optional<Timestamp> doubtful_after;    ///< as `Execution::doubtful_after`
    std::optional<std::string> source_timezone; ///< as `Execution::source_timezone`
    std::optional<Timestamp> logs_pruned_at;    ///< its log lines were removed

    bool operator==(const KnownExecution&) const = default;
};

/// A rejected record that has not been resolved.
struct KnownRejection {
    Key rejected_record_key = 0;
    std::uint64_t content_hash = 0;
    std::optional<Guid> execution_id;
    Timestamp first_seen_at;
};

/// A stored execution as attribution looks at it: its id, state, moments and log lines in
/// their order, these without `extra`.
struct StoredExecution {
    Key execution_key = 0;
    Key job_key = 0;
    Execution execution;
    Date created_on;
    bool given_up = false;             ///< it is lost or abandoned
    bool logs_pruned = false;          ///< its log lines were removed: its task runs stay
    std::vector<TaskRunRow> task_runs; ///< by their task's key; without the task's name
};

/// Receives stored executions until it returns false.
using StoredExecutionSink = std::function<bool(StoredExecution)>;

/// Takes a batch to be stored.
using BatchSink = std::function<void(const Batch&)>;

/// What is stored of a job, beyond its executions.
struct JobHistory {
    std::optional<WatermarkRow> watermark;
    std::optional<Timestamp> newest_created_at; ///< of its stored executions
    std::vector<KnownExecution> pending;        ///< open or incomplete: compared at every sync
    std::vector<KnownRejection> rejections;     ///< unresolved
    std::map<State, Timestamp> pruned_before;   ///< what is older and not stored was pruned
    std::int64_t stopped_reads = 0; ///< so many times its body was stopped since it was read whole
};

/// Executions that are to be taken away.
struct Pruning {
    std::vector<Key> executions;
    bool logs_only = false; ///< they stay, and so do their task runs; `logs_pruned_at` says when
    Timestamp now;
};

/// The small tables of one organisation, and the highest key of every table that has one.
struct Dimensions {
    std::optional<OrganisationRow> organisation;
    bool has_executions = false; ///< whether any is stored of the organisation
    std::vector<JobRow> jobs;
    std::vector<DataSourceRow> data_sources;
    std::vector<TransferTaskRow> transfer_tasks;
    std::vector<SyncRunRow>
        unfinished_syncs; ///< of any organisation: `running`, as the sync log says

    /// The latest start of the last ten syncs, by their machine's clock: not of all, so that one
    /// night with a clock far ahead is forgotten.
    std::optional<Timestamp> latest_sync_at;

    Key last_organisation_key = 0; ///< 0 when the table is empty; of all organisations
    Key last_job_key = 0;
    Key last_data_source_key = 0;
    Key last_transfer_task_key = 0;
    Key last_execution_key = 0;
    Key last_rejected_record_key = 0;
    Key last_sync_run_key = 0;
};

/// A numbered file of `schema/`, in the dialect of the warehouse that names it.
struct SchemaFile {
    int version = 0;       ///< the number that its name begins with
    std::string_view name; ///< `001_history.sql`
    std::string_view sql;
};

/// A file of `sql/`: one SELECT, which the warehouse offers as a view; or one of `sql/verify/`,
/// whose rows are those that break a rule of the tables.
struct ViewFile {
    std::string_view name; ///< `last_successful_load`
    std::string sql;       ///< in the dialect of the warehouse that names it
};

/// What a database holds in the way of a schema.
enum class SchemaKind {
    empty,   ///< nothing: ready for a first migration
    ours,    ///< a warehouse of ours, of whatever version
    foreign, ///< somebody else's tables: not to be touched
};

struct SchemaState {
    SchemaKind kind = SchemaKind::empty;
    int version = 0;                ///< the highest applied schema file
    std::string views_checksum;     ///< of the view definitions that are in place; "" when none are
    std::vector<std::string> views; ///< that are there, somebody else's included
};

/// Where other programs find a warehouse: a file, or a schema on a server. Holds no secret.
struct WarehouseAddress {
    std::string file;   ///< absolute; "" on a server
    std::string server; ///< `db.example`, with `:5433` where the port is not 5432
    std::string database;
    std::string schema;
};

/// A column of a table or view as the database's catalogue knows it.
struct ColumnType {
    std::string name;
    std::string type;        ///< `INTEGER`, `bigint`, …; "" where SQLite knows none
    bool can_be_null = true; ///< as far as the catalogue knows: any column of a view
};

/// Receives the columns' names once, then each row.
struct RowSink {
    std::function<void(const std::vector<std::string>&)> columns;
    std::function<void(const std::vector<Value>&)> row;
};

/// How long a command waits for another that holds the lease.
constexpr std::chrono::seconds default_lease_wait{10};

/// Holds the right to write to a warehouse; gives it up when destroyed or when the process dies.
class Lease {
public:
    virtual ~Lease() = default;
};

/// The schema of a warehouse: its tables and views. Which files belong to it follows from its
/// dialect: `schema_files_of`, `view_files_of` and `check_files_of` of `warehouse/sql_files.hpp`.
class WarehouseSchema {
public:
    virtual ~WarehouseSchema() = default;

    /// `sqlite` or `postgres`, as the folders of `schema/` and `sql/` are called.
    [[nodiscard]] virtual std::string_view dialect() const = 0;

    [[nodiscard]] virtual SchemaState schema() = 0;

    /// Applies one schema file and records it, both or neither.
    virtual void apply(const SchemaFile& file, Timestamp now) = 0;

    /// Drops all views of ours and creates these, and remembers `checksum`: all or nothing.
    virtual void define_views(std::span<const ViewFile> views, std::string_view checksum) = 0;
};

/// The rows of a warehouse by the names of its tables and views: for people and for checks.
class WarehouseRows {
public:
    virtual ~WarehouseRows() = default;

    /// Hands over the rows of a table or view of ours, in its own order. Throws Error when there is
    /// none of that name.
    virtual void read(std::string_view name, const RowSink& sink) = 0;

    /// The columns of a table or view of ours, in their order. Throws Error when there is none of
    /// that name.
    virtual std::vector<ColumnType> columns(std::string_view name) = 0;

    /// Hands over what one of `check_files_of` finds: a row for each violation, none when all is
    /// well.
    virtual void violations(const ViewFile& check, const RowSink& sink) = 0;
};

/// The history in a warehouse as values: what a sync needs to know of it, and the batches that it
/// stores.
class WarehouseHistory {
public:
    virtual ~WarehouseHistory() = default;

    /// The small tables, for an organisation's name.
    virtual Dimensions dimensions(std::string_view organisation) = 0;

    virtual JobHistory history(Key job_key) = 0;

    /// Those of these executions that are stored, in any order, whichever job they are of.
    virtual std::vector<KnownExecution> find(std::span<const Guid> execution_ids) = 0;

    /// The newest of a job's stored executions created before `limit`.
    virtual std::optional<Timestamp> newest_created_before(Key job_key, Timestamp limit) = 0;

    /// Those of these executions that are stored as this job's, in any order.
    virtual std::vector<Guid> held(Key job_key, std::span<const Guid> execution_ids) = 0;

    /// A job's stored executions created at `from` or later, up to `until` and not at it, without
    /// those that are lost.
    virtual std::vector<Guid> created_between(Key job_key, Timestamp from, Timestamp until) = 0;

    /// The first day that a stored execution was created on, of those that are not before `from`.
    virtual std::optional<Date> first_day(Date from) = 0;

    /// The stored log lines of an execution, in their order.
    virtual std::vector<Log> logs(Key execution_key) = 0;

    /// The stored task runs of an execution, by their task's key; without the task's name.
    virtual std::vector<TaskRunRow> task_runs(Key execution_key) = 0;

    /// Hands over an organisation's stored executions as they are at one moment, those with the
    /// highest key first, in one pass and bounded memory. The sink must not use this warehouse.
    virtual void each_execution(Key organisation_key, const StoredExecutionSink& sink) = 0;

    /// Stores a batch: all of it, or nothing.
    virtual void write(const Batch& batch) = 0;

    /// Stores all batches that `work` hands over, or none of them when it throws. Other connections
    /// see the old state until all are stored. `work` must not use this warehouse otherwise.
    virtual void write_all(const std::function<void(const BatchSink&)>& work) = 0;

    /// Takes away executions with their log lines and task runs, or only the lines, and with them
    /// what counts the lines; what executions and runs come to is added to the roll-ups by day. All
    /// of it or nothing. What is not stored is passed over.
    virtual void prune(const Pruning& pruning) = 0;

    /// After a sync: lets the database tidy up (statistics, write-ahead log). Never necessary.
    virtual void optimize() = 0;
};

/// Where the history is kept: SQLite or PostgreSQL, in three parts. It speaks in batches and rows;
/// transactions and statements stay inside. One thread at a time; open it twice for two. Every call
/// throws Error, with the database's words and what to do, when the database fails.
class Warehouse : public WarehouseSchema, public WarehouseRows, public WarehouseHistory {
public:
    /// The right to sync or migrate, of which there is one per warehouse. Waits so long for another
    /// holder to go. Throws LeaseHeld.
    virtual std::unique_ptr<Lease> lease(std::chrono::milliseconds wait) = 0;

    /// Where other programs find it.
    [[nodiscard]] virtual WarehouseAddress address() = 0;

    /// What it is, for people: the URL without secrets.
    [[nodiscard]] virtual std::string name() const = 0;
};

/// Opens the warehouse that a URL names: `sqlite:FILE` (relative to `base`) or `postgresql://…`.
/// Throws ConfigError for another URL, Error when it cannot be opened. A SQLite file that is not
/// there is created when `create` is given, and an Error otherwise.
struct WarehouseConfig;
enum class OpenMode { create, existing, read_only };
std::unique_ptr<Warehouse> open_warehouse(const WarehouseConfig& config, OpenMode mode);

/// Whether there is something to open: a SQLite file that exists; a server is taken to.
bool warehouse_exists(const WarehouseConfig& config);

/// The absolute path of a warehouse that is a SQLite file; nullopt for any other.
std::optional<std::filesystem::path> warehouse_file(const WarehouseConfig& config);

/// Why the warehouse may come to harm where it lies; nullopt when nothing is known to threaten it.
std::optional<std::string> hazard_of(const WarehouseConfig& config);

/// Throws Error when a SQLite file that is not there cannot be created: there is no folder, or
/// nobody may write to it.
void require_room_for_warehouse(const WarehouseConfig& config);

/// The statements that create the loader's and the readers' role, for an administrator to run.
/// Throws ConfigError for a warehouse without roles, and as `open_warehouse`.
std::string grants_for(const WarehouseConfig& config);

/// A table, and where a Citus cluster keeps it: `on one server`, `on every node`, ….
struct TablePlace {
    std::string table;
    std::string place;
};

/// How a warehouse lies on its server.
enum class Layout {
    one_server,
    citus, ///< the log lines spread over the nodes of a cluster
};

/// Throws ConfigError when the warehouse cannot lie on a Citus cluster: it is a SQLite file, or its
/// database does not have the extension.
void require_citus(const WarehouseConfig& config);

/// Lays the warehouse out so, all or nothing; returns the tables that moved. Needs the lease and
/// the current schema. Views and comments have to be defined anew. Throws as `require_citus`.
std::vector<TablePlace> lay_out(const WarehouseConfig& config, Layout layout);

} // namespace tidemark
