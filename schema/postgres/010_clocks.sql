-- Clocks of the source are wrong sometimes: what was ahead of the clock when it came is kept as it
-- came, and is not believed, not even when its time has come.

ALTER TABLE execution ADD COLUMN doubtful_after timestamptz;
ALTER TABLE execution ADD COLUMN is_doubtful integer GENERATED ALWAYS AS (
    CASE WHEN doubtful_after IS NULL THEN 0 ELSE 1 END) STORED;
COMMENT ON COLUMN execution.doubtful_after IS 'what the execution or its log says of later moments is doubtful; null when nothing in it is later';
COMMENT ON COLUMN execution.is_doubtful IS '1 where doubtful_after is not null, else 0';
COMMENT ON COLUMN execution.duration_ms IS 'from created_at to ended_at, in milliseconds; null when the end stands before the start or one of them is doubtful';
CREATE INDEX execution_doubtful ON execution (job_key) WHERE doubtful_after IS NOT NULL;

-- what an older version believed, by the default of source.clock_tolerance
UPDATE execution SET doubtful_after = changed_at + interval '1 day'
WHERE greatest(created_at, ended_at,
               (SELECT max(coalesce(r.last_succeeded_at, r.ended_at, r.started_at))
                FROM task_run r WHERE r.execution_key = execution.execution_key))
      > changed_at + interval '1 day';
UPDATE task_run SET
    started_at = CASE WHEN task_run.started_at <= e.doubtful_after THEN task_run.started_at END,
    ended_at = CASE WHEN task_run.ended_at <= e.doubtful_after THEN task_run.ended_at END,
    last_succeeded_at = CASE WHEN task_run.last_succeeded_at <= e.doubtful_after THEN task_run.last_succeeded_at END,
    heard_at = CASE WHEN task_run.heard_at <= e.doubtful_after THEN task_run.heard_at END,
    completed_at = CASE WHEN task_run.completed_at <= e.doubtful_after THEN task_run.completed_at END,
    duration_ms = CASE WHEN task_run.started_at <= e.doubtful_after AND task_run.ended_at <= e.doubtful_after
                       THEN task_run.duration_ms END
FROM execution e
WHERE e.execution_key = task_run.execution_key AND e.doubtful_after IS NOT NULL;

-- an end that stands before its start has no duration
UPDATE execution SET duration_ms = NULL
WHERE duration_ms < 0 OR created_at > doubtful_after OR ended_at > doubtful_after;
UPDATE task_run SET duration_ms = NULL WHERE duration_ms < 0;
UPDATE sync_run SET duration_ms = NULL WHERE duration_ms < 0;
