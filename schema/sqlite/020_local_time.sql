-- What clocks of the organisation's reporting zone show when a run begins: the databases know no zones.
-- Null in rows of an older version, until today's configuration is applied to them.
ALTER TABLE execution ADD COLUMN created_at_local TIMESTAMP; -- created_at there
ALTER TABLE execution ADD COLUMN created_hour INTEGER
    GENERATED ALWAYS AS (CAST(substr(created_at_local, 12, 2) AS INTEGER)) VIRTUAL;
ALTER TABLE task_run ADD COLUMN started_at_local TIMESTAMP; -- started_at there
ALTER TABLE task_run ADD COLUMN started_hour INTEGER
    GENERATED ALWAYS AS (CAST(substr(started_at_local, 12, 2) AS INTEGER)) VIRTUAL;
