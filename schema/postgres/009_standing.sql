-- What stands behind "late": whether a job is excluded, a data source retired, and when a task was
-- last heard of. And columns for the star, which in SQLite have a type only as columns of a table.

ALTER TABLE job ADD COLUMN excluded_since timestamptz,
    ADD COLUMN is_missing integer GENERATED ALWAYS AS ((missing_since IS NOT NULL)::integer) STORED;
ALTER TABLE job
    ADD COLUMN is_excluded integer GENERATED ALWAYS AS ((excluded_since IS NOT NULL)::integer) STORED;
COMMENT ON COLUMN job.excluded_since IS 'since when [sync] include and exclude leave it out; null while it is synced';
COMMENT ON COLUMN job.is_missing IS 'whether the source leaves it out';
COMMENT ON COLUMN job.is_excluded IS 'whether the configuration leaves it out';

ALTER TABLE data_source
    ADD COLUMN is_retired integer NOT NULL DEFAULT 0 CHECK (is_retired IN (0, 1));
COMMENT ON COLUMN data_source.is_retired IS 'whether [freshness] says "never"';

ALTER TABLE transfer_task ADD COLUMN source_or_unknown_key bigint
    GENERATED ALWAYS AS (coalesce(data_source_key, -1)) STORED;
COMMENT ON COLUMN transfer_task.source_or_unknown_key IS 'data_source_key, or that of the star''s row for what is not known';

ALTER TABLE task_run ADD COLUMN heard_at timestamptz,
    ADD COLUMN is_succeeded integer GENERATED ALWAYS AS ((outcome = 'succeeded')::integer) STORED,
    ADD COLUMN is_failed integer GENERATED ALWAYS AS ((outcome = 'failed')::integer) STORED,
    ADD COLUMN duration_seconds double precision
        GENERATED ALWAYS AS (duration_ms / 1000.0::double precision) STORED;
COMMENT ON COLUMN task_run.heard_at IS 'the last line that named the task';
COMMENT ON COLUMN task_run.is_succeeded IS 'whether it succeeded, as the last line told';
COMMENT ON COLUMN task_run.is_failed IS 'whether it failed, as the last line told';
COMMENT ON COLUMN task_run.duration_seconds IS 'from started_at to ended_at, in seconds';
-- of runs that an older version stored the latest moment that the run or its execution tells
UPDATE task_run SET heard_at = coalesce(task_run.ended_at, task_run.started_at,
                                        task_run.completed_at, e.ended_at, e.created_at)
FROM execution e
WHERE e.execution_key = task_run.execution_key;
DROP INDEX task_run_latest;
CREATE INDEX task_run_latest ON task_run (transfer_task_key, heard_at)
    WHERE kind <> 'execution package';
-- which tasks fail, without a look at those that do not
CREATE INDEX task_run_failed ON task_run (transfer_task_key, heard_at)
    WHERE kind <> 'execution package' AND outcome = 'failed';

ALTER TABLE execution
    ADD COLUMN date_key integer GENERATED ALWAYS AS (
        (extract(year FROM created_on) * 10000 + extract(month FROM created_on) * 100
         + extract(day FROM created_on))::integer) STORED,
    ADD COLUMN duration_seconds double precision
        GENERATED ALWAYS AS (duration_ms / 1000.0::double precision) STORED,
    ADD COLUMN is_api_triggered integer
        GENERATED ALWAYS AS ((trigger_id IS NOT NULL)::integer) STORED,
    ADD COLUMN is_completed integer GENERATED ALWAYS AS ((state = 'completed')::integer) STORED,
    ADD COLUMN is_failed integer GENERATED ALWAYS AS ((state = 'failed')::integer) STORED,
    ADD COLUMN is_lost integer GENERATED ALWAYS AS (
        (state NOT IN ('completed', 'failed') AND lost_since IS NOT NULL)::integer) STORED,
    ADD COLUMN is_abandoned integer GENERATED ALWAYS AS (
        (state NOT IN ('completed', 'failed') AND lost_since IS NULL
         AND abandoned_since IS NOT NULL)::integer) STORED,
    ADD COLUMN is_open integer GENERATED ALWAYS AS (
        (state NOT IN ('completed', 'failed') AND lost_since IS NULL
         AND abandoned_since IS NULL
         AND (ended_at IS NULL OR state = 'running'))::integer) STORED;
COMMENT ON COLUMN execution.date_key IS 'created_on as YYYYMMDD';
COMMENT ON COLUMN execution.duration_seconds IS 'from created_at to ended_at, in seconds';
COMMENT ON COLUMN execution.is_api_triggered IS 'whether it has a trigger';
COMMENT ON COLUMN execution.is_completed IS 'whether it completed; at most one of these five is 1';
COMMENT ON COLUMN execution.is_failed IS 'whether it failed';
COMMENT ON COLUMN execution.is_lost IS 'whether it vanished from the source while it was open';
COMMENT ON COLUMN execution.is_abandoned IS 'whether it is open for too long';
COMMENT ON COLUMN execution.is_open IS 'whether it is open, and neither lost nor abandoned';

CREATE TABLE unknown_row (
    unknown_key bigint PRIMARY KEY CHECK (unknown_key = -1),
    name        text COLLATE "C" NOT NULL,
    zero        integer NOT NULL,
    no_text     text COLLATE "C",
    no_id       uuid,
    no_moment   timestamptz,
    no_number   double precision
);
COMMENT ON TABLE unknown_row IS 'The one row of a dimension for what is not known.';
COMMENT ON COLUMN unknown_row.unknown_key IS '-1';
COMMENT ON COLUMN unknown_row.name IS '(unknown)';
COMMENT ON COLUMN unknown_row.zero IS '0';
COMMENT ON COLUMN unknown_row.no_text IS 'null';
COMMENT ON COLUMN unknown_row.no_id IS 'null';
COMMENT ON COLUMN unknown_row.no_moment IS 'null';
COMMENT ON COLUMN unknown_row.no_number IS 'null';
INSERT INTO unknown_row (unknown_key, name, zero) VALUES (-1, '(unknown)', 0);
