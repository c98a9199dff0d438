#pragma once

#include "model/execution.hpp"
#include "model/job.hpp"
#include "model/task_run.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The rows of a warehouse as values. The loader allocates all keys, in order, so that rows of one
/// batch can refer to each other and no statement has to return a key.
namespace tidemark {

using Key = std::int64_t;

/// A source of jobs. `base_url` contains no credentials.
struct OrganisationRow {
    Key organisation_key = 0;
    std::string name;
    std::string base_url;
    std::string reporting_timezone; ///< IANA zone for `created_on` and local times
    std::optional<std::string> attribution_fingerprint; ///< of its task runs; null: unknown
    std::optional<std::string> unreadable_jobs;  ///< digest of unreadable entries in its list
    std::optional<std::string> source_timezone;  ///< used for timestamps without a zone
    std::optional<std::string> read_fingerprint; ///< of the settings for reading; null: unknown
    std::optional<Timestamp> wording_changed_at; ///< the last sync that reported a changed wording

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

/// A day of the date dimension; by default the unknown day.
struct CalendarDayRow {
    Key date_key = -1; ///< the digits of `YYYY-MM-DD`
    std::optional<Date> date;
    std::optional<std::int64_t> year;
    std::optional<std::int64_t> quarter;
    std::optional<std::int64_t> month;
    std::optional<std::int64_t> day;
    std::optional<std::int64_t> iso_weekday; ///< 1 is Monday
    std::optional<std::int64_t> iso_week;
    std::optional<std::int64_t> iso_year; ///< the year of `iso_week`
    std::string year_month = "(unknown)"; ///< `YYYY-MM`
    std::string month_name = "(unknown)"; ///< in English
    std::string weekday_name = "(unknown)";
    bool is_working_day = false; ///< Monday to Friday; holidays are not known
};

struct TaskRunRow {
    Key transfer_task_key = 0;
    TaskRun run; ///< without `task` and `source`, which the transfer task has
    std::optional<LocalTime> started_at_local; ///< of `started_at`, in the reporting time zone

    bool operator==(const TaskRunRow&) const = default;
};

/// An execution to store: the row, its log lines and task runs.
struct ExecutionRow {
    Key execution_key = 0;
    Key job_key = 0;
    Execution execution; ///< its log lines are upserted; other stored lines stay
    Date created_on;     ///< day of `created_at` in the reporting time zone
    std::optional<LocalTime> created_at_local; ///< likewise; null: an older version stored it
    std::int64_t log_count = 0;                ///< of all stored lines, after this write
    Timestamp first_seen_at;
    Timestamp changed_at;
    std::optional<Timestamp> lost_since;
    std::optional<Timestamp> abandoned_since;
    std::optional<Timestamp> logs_pruned_at; ///< when its log lines were removed; `log_count` stays
    std::vector<TaskRunRow> task_runs;       ///< replace all stored ones
};

/// How an execution was in the body that it was stored from last. When the same bytes are received
/// again, a sync skips them without parsing.
struct ExecutionReadingRow {
    Key execution_key = 0;
    std::optional<std::uint64_t>
        bytes_hash;              ///< of its JSON, see `reading_seed`; null: always parse
    std::int64_t line_count = 0; ///< lines received; more can be stored
    std::int64_t time_trend = 0; ///< see `ParsedExecution::time_trend`
    Timestamp newest_at;         ///< of its creation, end and log lines

    bool operator==(const ExecutionReadingRow&) const = default;
};

/// The order of the executions in a body, by their time of creation.
enum class BodyOrder { newest_first, oldest_first, none };

std::string_view to_text(BodyOrder order);

/// nullopt for any other text, "" included.
std::optional<BodyOrder> body_order_from_text(std::string_view text);

struct WatermarkRow {
    Key job_key = 0;
    std::optional<Timestamp> loaded_through; ///< always before the executions that are waited for
    std::optional<Timestamp> read_through;   ///< newest execution when the body was last read
    std::int64_t open_executions = 0;        ///< executions that are waited for
    std::optional<Timestamp> oldest_available_at; ///< oldest execution in the API

    // of the body when it was last read whole
    std::optional<BodyOrder> body_order;        ///< nullopt: too few executions to tell
    std::optional<Timestamp> whole_through;     ///< `loaded_through` after that reading
    std::optional<std::string> etag;            ///< from the source, to be sent back to it
    std::optional<std::string> last_modified;   ///< the same
    std::optional<std::string> read_settings;   ///< fingerprint of the settings for reading
    std::optional<std::string> rejected_beyond; ///< see `RejectionTally::beyond_digest`

    bool operator==(const WatermarkRow&) const = default;
};

/// A start of a job that `[schedule]` gives.
struct GivenStartRow {
    Key job_key = 0;
    Timestamp expected_at;

    auto operator<=>(const GivenStartRow&) const = default;
};

/// A span of a job's history that the API dropped before it was loaded.
struct HistoryGapRow {
    Key job_key = 0;
    Timestamp missing_from;  ///< the newest stored execution before the gap
    Timestamp missing_until; ///< the oldest execution that the API still had
    Key sync_run_key = 0;    ///< the sync that found it
};

/// A run that `execute` requested. It is stored before the request is sent, so that a run without a
/// known end is not queued again by mistake.
struct QueuedRunRow {
    Guid job_id; ///< the id in the source; the job may not be stored yet
    Timestamp asked_at;
    std::optional<Guid> trigger_id;      ///< null: there was no answer, or an unreadable one
    std::optional<Timestamp> settled_at; ///< end reported, or waiting stopped; null: neither

    bool operator==(const QueuedRunRow&) const = default;
};

/// The state of an alert for one channel. A problem that begins again after its end uses the same
/// row.
struct AlertRow {
    std::string organisation; ///< its name
    std::string channel;      ///< `command` or `webhook`
    std::string kind;         ///< like the next two members, see `AlertCondition`
    std::string subject;
    std::string text;
    Timestamp began_at;                ///< the sync that found it
    std::optional<Timestamp> told_at;  ///< null: not sent yet
    std::optional<Timestamp> ended_at; ///< null while it goes on

    bool operator==(const AlertRow&) const = default;
};

struct RejectedRecordRow {
    Key rejected_record_key = 0;
    Key job_key = 0;
    Key sync_run_key = 0; ///< the sync that found it first
    Timestamp first_seen_at;
    std::optional<Timestamp> resolved_at; ///< when its execution was loaded completely
    Rejection rejection;
};

/// The log lines of an organisation with messages of one shape.
struct MessageShapeRow {
    Key organisation_key = 0;
    std::int64_t shape_key = 0;
    std::string mask;
    Timestamp first_seen_at; ///< the time of a log line, not of a sync
    Timestamp last_seen_at;
    std::int64_t line_count = 0;
    std::int64_t worst_severity = 0; ///< the largest number
    std::string example;   ///< of the first line; of several at one moment the lesser text
    Key execution_key = 0; ///< of the example
    std::optional<std::string> rule;      ///< the rule that matches the example
    std::optional<TaskOutcome> outcome;   ///< of that rule
    std::optional<Timestamp> known_since; ///< first sync with it; null: an older version

    bool operator==(const MessageShapeRow&) const = default;
};

/// The same for one job.
struct MessageShapeJobRow {
    Key organisation_key = 0;
    std::int64_t shape_key = 0;
    Key job_key = 0;
    Timestamp first_seen_at;
    Timestamp last_seen_at;
    std::int64_t line_count = 0;

    bool operator==(const MessageShapeJobRow&) const = default;
};

/// A change of the number of lines of one shape and job. `line_count` is negative when more lines
/// are removed, because their messages changed, than added.
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
    std::int64_t executions_skipped =
        0;                     ///< stored or pruned ones that are too old to compare again
    std::int64_t rejected = 0; ///< records newly rejected
    std::int64_t logs = 0;     ///< log lines newly stored
    std::int64_t bytes = 0;    ///< of bodies, after decompression

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
    stopped,   ///< until all further executions were settled
    unchanged, ///< not read, because its version had not changed
};

std::string_view to_text(BodyReading reading);

/// nullopt for any other text, "" included.
std::optional<BodyReading> body_reading_from_text(std::string_view text);

struct SyncJobRow {
    Key sync_run_key = 0;
    Key job_key = 0;
    Timestamp started_at;
    std::optional<Timestamp> ended_at;
    SyncOutcome outcome = SyncOutcome::running;
    SyncCounts counts;
    std::optional<std::string> error;
    std::optional<BodyReading> reading; ///< null when the job failed
};

} // namespace tidemark
