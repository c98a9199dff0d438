#pragma once

#include "model/execution.hpp"
#include "model/job.hpp"
#include "model/task_run.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The rows of a warehouse as values. The loader hands out every key, in order, so that rows of one
/// batch can refer to one another and no statement has to return one.
namespace tidemark {

using Key = std::int64_t;

/// A source of jobs. `base_url` carries no credentials.
struct OrganisationRow {
    Key organisation_key = 0;
    std::string name;
    std::string base_url;
    std::string reporting_timezone; ///< IANA zone that `created_on` of its executions follows
    std::optional<std::string> attribution_fingerprint; ///< of its task runs; null: not known
    std::optional<std::string> unreadable_jobs;         ///< as `rejected_beyond`, of its list
    std::optional<std::string> source_timezone; ///< that executions were read in which name none
    std::optional<std::string>
        read_fingerprint; ///< of how its executions were read; null: not known
    std::optional<Timestamp>
        wording_changed_at; ///< the last sync that told that the wording changed

    bool operator==(const OrganisationRow&) const = default;
};

struct JobRow {
    Key job_key = 0;
    Key organisation_key = 0;
    Guid job_id;
    std::string name;
    Timestamp first_seen_at;
    std::optional<Timestamp> missing_since;  ///< from the source's list
    std::optional<Timestamp> excluded_since; ///< by `[sync]` include and exclude

    bool operator==(const JobRow&) const = default;
};

struct DataSourceRow {
    Key data_source_key = 0;
    Key organisation_key = 0;
    std::string name;
    std::optional<double> max_age_hours;
    bool is_retired = false; ///< it is never late

    bool operator==(const DataSourceRow&) const = default;
};

struct TransferTaskRow {
    Key transfer_task_key = 0;
    Key organisation_key = 0;
    std::string name;
    std::optional<Key> data_source_key;

    bool operator==(const TransferTaskRow&) const = default;
};

/// A day of the star; as it is made, the one that is not known.
struct CalendarDayRow {
    Key date_key = -1; ///< the digits of `YYYY-MM-DD`
    std::optional<Date> date;
    std::optional<std::int64_t> year;
    std::optional<std::int64_t> quarter;
    std::optional<std::int64_t> month;
    std::optional<std::int64_t> day;
    std::optional<std::int64_t> iso_weekday; ///< 1 is Monday
    std::optional<std::int64_t> iso_week;
    std::optional<std::int64_t> iso_year; ///< which `iso_week` is of
    std::string year_month = "(unknown)"; ///< `YYYY-MM`
    std::string month_name = "(unknown)"; ///< in English
    std::string weekday_name = "(unknown)";
    bool is_working_day = false; ///< Monday to Friday; of holidays nothing is known
};

struct TaskRunRow {
    Key transfer_task_key = 0;
    TaskRun run; ///< its `task` and `source` are not stored here: the transfer task says them

    bool operator==(const TaskRunRow&) const = default;
};

/// An execution as it is to be stored: the row, log lines and task runs.
struct ExecutionRow {
    Key execution_key = 0;
    Key job_key = 0;
    Execution execution;        ///< its log lines are upserted; lines already stored stay
    Date created_on;            ///< local day of `created_at` in the reporting zone
    std::int64_t log_count = 0; ///< of all stored lines, after this write
    Timestamp first_seen_at;
    Timestamp changed_at;
    std::optional<Timestamp> lost_since;
    std::optional<Timestamp> abandoned_since;
    std::optional<Timestamp> logs_pruned_at; ///< its log lines were removed; `log_count` stays
    std::vector<TaskRunRow> task_runs; ///< all of the execution's: they replace what is stored
};

/// What today's configuration says of an execution that is stored, in the place of what it said.
struct Reattribution {
    Key execution_key = 0;
    Timestamp changed_at;         ///< of the execution from now on
    State state = State::unknown; ///< one that is not open any more is neither lost nor abandoned
    Date created_on;
    std::optional<std::vector<TaskRunRow>> task_runs; ///< all of them; nullopt: they stay
};

/// A stored log line that gets the key of its message's shape.
struct LogShape {
    Key execution_key = 0;
    Guid log_id;
    std::int64_t shape_key = 0;
};

/// What the end of a job's body says of an execution that was not in it, or is open for too long.
struct ExecutionMark {
    Key execution_key = 0;
    Timestamp changed_at; ///< of the execution from now on
    std::optional<Timestamp> lost_since;
    std::optional<Timestamp> abandoned_since;
};

/// In which order the executions of a body come, by their time of creation.
enum class BodyOrder { newest_first, oldest_first, none };

std::string_view to_text(BodyOrder order);

/// nullopt for a text that is none, "" included.
std::optional<BodyOrder> body_order_from_text(std::string_view text);

struct WatermarkRow {
    Key job_key = 0;
    std::optional<Timestamp> loaded_through; ///< never past an execution that holds it
    std::optional<Timestamp> read_through;   ///< newest execution when the body was last read
    std::int64_t open_executions = 0;        ///< those that hold it
    std::optional<Timestamp>
        oldest_available_at; ///< the oldest execution that the API still returns

    // of the body when it was last read whole
    std::optional<BodyOrder> body_order;      ///< nullopt: too few executions to tell
    std::optional<Timestamp> whole_through;   ///< `loaded_through` after it
    std::optional<std::string> etag;          ///< as the source gave it, to be given back
    std::optional<std::string> last_modified; ///< the same
    std::optional<std::string> read_settings; ///< of what decided how it was read
    std::optional<std::string>
        rejected_beyond; ///< `RejectionTally::beyond_digest` of its rejected records

    bool operator==(const WatermarkRow&) const = default;
};

/// Executions of a job and state that are older and not stored were pruned.
struct PruneMarkRow {
    Key job_key = 0;
    State state = State::unknown;
    Timestamp pruned_before;

    bool operator==(const PruneMarkRow&) const = default;
};

/// What the pruned executions of a job, day and state come to.
struct JobDayRow {
    Key job_key = 0;
    Date day; ///< their `created_on`
    State state = State::unknown;
    std::int64_t runs = 0;
    std::int64_t log_lines = 0;
    std::int64_t timed_runs = 0;  ///< those with a duration
    std::int64_t duration_ms = 0; ///< theirs, added up
    std::optional<std::int64_t> longest_ms;

    bool operator==(const JobDayRow&) const = default;
};

/// What pruned task runs come to.
struct RunTally {
    std::int64_t runs = 0;
    std::int64_t timed_runs = 0;  ///< those with a duration
    std::int64_t duration_ms = 0; ///< theirs, added up
    std::optional<std::int64_t> longest_ms;
    std::int64_t counted_runs = 0; ///< those that told a number of rows
    std::int64_t row_count = 0;    ///< theirs, added up

    bool operator==(const RunTally&) const = default;
};

/// The pruned runs of a task, day and outcome.
struct TaskDayRow {
    Key transfer_task_key = 0;
    Date day;
    TaskOutcome outcome = TaskOutcome::unknown;
    RunTally tally;

    bool operator==(const TaskDayRow&) const = default;
};

/// The same of a data source.
struct SourceDayRow {
    Key data_source_key = 0;
    Date day;
    TaskOutcome outcome = TaskOutcome::unknown;
    RunTally tally;

    bool operator==(const SourceDayRow&) const = default;
};

/// A span of a job's history that the API dropped before it was loaded.
struct HistoryGapRow {
    Key job_key = 0;
    Timestamp missing_from;  ///< the newest execution that is stored from before it
    Timestamp missing_until; ///< the oldest that the API still had
    Key sync_run_key = 0;    ///< the sync that found it
};

/// A run that `execute` asked the source for. Stored before the request is sent, so that a run that
/// nobody saw the end of is not queued a second time by accident.
struct QueuedRunRow {
    Guid job_id; ///< of the source, which may not be stored yet as a job
    Timestamp asked_at;
    std::optional<Guid> trigger_id; ///< null: no answer came, or none that can be read
    std::optional<Timestamp>
        settled_at; ///< when its end was told, or nobody waited for it; null: it may need a look

    bool operator==(const QueuedRunRow&) const = default;
};

/// Something that a channel of alerts was told of, or has still to be. Once more when it has ended
/// and begins again, in the same row.
struct AlertRow {
    std::string organisation; ///< its name
    std::string channel;      ///< `command` or `webhook`
    std::string kind;         ///< as `AlertCondition`, likewise the next two
    std::string subject;
    std::string text;
    Timestamp began_at;                ///< the sync that found it
    std::optional<Timestamp> told_at;  ///< null: the channel could not be told yet
    std::optional<Timestamp> ended_at; ///< null while it goes on

    bool operator==(const AlertRow&) const = default;
};

struct RejectedRecordRow {
    Key rejected_record_key = 0;
    Key job_key = 0;
    Key sync_run_key = 0; ///< the sync that first met it
    Timestamp first_seen_at;
    std::optional<Timestamp> resolved_at; ///< when its execution was loaded whole after all
    Rejection rejection;
};

/// The lines of an organisation that have a message of one shape, taken together.
struct MessageShapeRow {
    Key organisation_key = 0;
    std::int64_t shape_key = 0;
    std::string mask;
    Timestamp first_seen_at; ///< of log lines, not of syncs
    Timestamp last_seen_at;
    std::int64_t line_count = 0;
    std::int64_t worst_severity = 0;    ///< the largest number
    std::string example;                ///< the first line's, of two at one moment the lesser text
    Key execution_key = 0;              ///< of the example
    std::optional<std::string> rule;    ///< that matches the example
    std::optional<TaskOutcome> outcome; ///< of that rule
    std::optional<Timestamp>
        known_since; ///< the sync that first stored a line of it; null: an older version did

    bool operator==(const MessageShapeRow&) const = default;
};

/// Those of them that one job logged.
struct MessageShapeJobRow {
    Key organisation_key = 0;
    std::int64_t shape_key = 0;
    Key job_key = 0;
    Timestamp first_seen_at;
    Timestamp last_seen_at;
    std::int64_t line_count = 0;

    bool operator==(const MessageShapeJobRow&) const = default;
};

/// Lines of one shape and job that come to those that are stored. Where the lines that leave it,
/// because their message changed, are more than those that come, `line_count` is negative.
struct ShapeLines {
    Key job_key = 0;
    MessageShapeRow shape;
};

/// How a sync, or a job within it, ended.
enum class SyncOutcome { running, succeeded, partial, failed, interrupted };

std::string_view to_text(SyncOutcome outcome);

/// What a sync did, in numbers.
struct SyncCounts {
    std::int64_t executions_new = 0;
    std::int64_t executions_changed = 0;
    std::int64_t executions_unchanged = 0;
    std::int64_t executions_skipped = 0; ///< stored or pruned, and too old to be compared again
    std::int64_t rejected = 0;           ///< records newly rejected
    std::int64_t logs = 0;               ///< log lines newly stored
    std::int64_t bytes = 0;              ///< of bodies, after decompression

    SyncCounts& operator+=(const SyncCounts& other);
    bool operator==(const SyncCounts&) const = default;
};

struct SyncRunRow {
    Key sync_run_key = 0;
    Key organisation_key = 0;
    Timestamp started_at;
    std::optional<Timestamp> ended_at;
    SyncOutcome outcome = SyncOutcome::running;
    SyncCounts counts;
    std::int64_t jobs = 0;
    std::int64_t jobs_failed = 0;
    std::optional<std::string> error;
};

/// How much of a job's body a sync read.
enum class BodyReading {
    whole,
    stopped,   ///< up to where all that is left was known
    unchanged, ///< nothing: the source said that it is the one that was read last
};

std::string_view to_text(BodyReading reading);

/// nullopt for a text that is none, "" included.
std::optional<BodyReading> body_reading_from_text(std::string_view text);

struct SyncJobRow {
    Key sync_run_key = 0;
    Key job_key = 0;
    Timestamp started_at;
    std::optional<Timestamp> ended_at;
    SyncOutcome outcome = SyncOutcome::running;
    SyncCounts counts;
    std::optional<std::string> error;
    std::optional<BodyReading> reading; ///< nullopt when the job failed
};

} // namespace tidemark
