-- What clocks of the organisation's reporting zone show when a run begins: not every tool knows zones.
-- Null in rows of an older version, until today's configuration is applied to them.
ALTER TABLE execution ADD COLUMN created_at_local timestamp;
ALTER TABLE execution ADD COLUMN created_hour integer
    GENERATED ALWAYS AS (extract(hour FROM created_at_local)::integer) STORED;
COMMENT ON COLUMN execution.created_at_local IS 'created_at by the clocks of the reporting zone';
COMMENT ON COLUMN execution.created_hour IS 'its hour';
ALTER TABLE task_run ADD COLUMN started_at_local timestamp;
ALTER TABLE task_run ADD COLUMN started_hour integer
    GENERATED ALWAYS AS (extract(hour FROM started_at_local)::integer) STORED;
COMMENT ON COLUMN task_run.started_at_local IS 'started_at by the clocks of the reporting zone';
COMMENT ON COLUMN task_run.started_hour IS 'its hour';
