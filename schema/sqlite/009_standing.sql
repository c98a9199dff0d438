-- What stands behind "late": whether a job is excluded, a data source retired, and when a task was
-- last heard of. And columns for the star: only a column of a table has a type that ODBC can tell.

ALTER TABLE job ADD COLUMN excluded_since TIMESTAMP; -- since when [sync] include and exclude leave it
                                                     -- out; null while it is synced
ALTER TABLE job ADD COLUMN is_missing INTEGER
    GENERATED ALWAYS AS (missing_since IS NOT NULL) VIRTUAL;
ALTER TABLE job ADD COLUMN is_excluded INTEGER
    GENERATED ALWAYS AS (excluded_since IS NOT NULL) VIRTUAL;

ALTER TABLE data_source ADD COLUMN is_retired INTEGER NOT NULL DEFAULT 0 -- [freshness] says "never"
    CHECK (is_retired IN (0, 1));

-- data_source_key, or that of the star's row for what is not known
ALTER TABLE transfer_task ADD COLUMN source_or_unknown_key INTEGER
    GENERATED ALWAYS AS (coalesce(data_source_key, -1)) VIRTUAL;

-- the last line that named the task; of runs that an older version stored the latest moment that
-- the run or its execution tells
ALTER TABLE task_run ADD COLUMN heard_at TIMESTAMP;
UPDATE task_run SET heard_at = coalesce(
    ended_at, started_at, completed_at,
    (SELECT coalesce(e.ended_at, e.created_at) FROM execution e
     WHERE e.execution_key = task_run.execution_key));
ALTER TABLE task_run ADD COLUMN is_succeeded INTEGER
    GENERATED ALWAYS AS (outcome = 'succeeded') VIRTUAL;
ALTER TABLE task_run ADD COLUMN is_failed INTEGER
    GENERATED ALWAYS AS (outcome = 'failed') VIRTUAL;
ALTER TABLE task_run ADD COLUMN duration_seconds REAL
    GENERATED ALWAYS AS (duration_ms / 1000.0) VIRTUAL;
DROP INDEX task_run_latest;
CREATE INDEX task_run_latest ON task_run (transfer_task_key, heard_at)
    WHERE kind <> 'execution package';
-- which tasks fail, without a look at those that do not
CREATE INDEX task_run_failed ON task_run (transfer_task_key, heard_at)
    WHERE kind <> 'execution package' AND outcome = 'failed';

-- created_on as YYYYMMDD
ALTER TABLE execution ADD COLUMN date_key INTEGER
    GENERATED ALWAYS AS (CAST(replace(created_on, '-', '') AS INTEGER)) VIRTUAL;
ALTER TABLE execution ADD COLUMN duration_seconds REAL
    GENERATED ALWAYS AS (duration_ms / 1000.0) VIRTUAL;
ALTER TABLE execution ADD COLUMN is_api_triggered INTEGER
    GENERATED ALWAYS AS (trigger_id IS NOT NULL) VIRTUAL;
-- at most one of these is 1; none of an execution that ended in another state
ALTER TABLE execution ADD COLUMN is_completed INTEGER
    GENERATED ALWAYS AS (state = 'completed') VIRTUAL;
ALTER TABLE execution ADD COLUMN is_failed INTEGER
    GENERATED ALWAYS AS (state = 'failed') VIRTUAL;
ALTER TABLE execution ADD COLUMN is_lost INTEGER
    GENERATED ALWAYS AS (state NOT IN ('completed', 'failed') AND lost_since IS NOT NULL) VIRTUAL;
ALTER TABLE execution ADD COLUMN is_abandoned INTEGER
    GENERATED ALWAYS AS (state NOT IN ('completed', 'failed') AND lost_since IS NULL
                         AND abandoned_since IS NOT NULL) VIRTUAL;
ALTER TABLE execution ADD COLUMN is_open INTEGER
    GENERATED ALWAYS AS (state NOT IN ('completed', 'failed') AND lost_since IS NULL
                         AND abandoned_since IS NULL
                         AND (ended_at IS NULL OR state = 'running')) VIRTUAL;

-- The one row of a dimension for what is not known, in columns that have types.
CREATE TABLE unknown_row (
    unknown_key INTEGER PRIMARY KEY CHECK (unknown_key = -1),
    name        TEXT NOT NULL,
    zero        INTEGER NOT NULL,
    no_text     TEXT,
    no_id       TEXT,
    no_moment   TIMESTAMP,
    no_number   REAL
);
INSERT INTO unknown_row (unknown_key, name, zero) VALUES (-1, '(unknown)', 0);
