-- Each log line keeps its place. The lines that are stored are in the order of time; which of those
-- of one moment came first was not kept, so that they are in the order of their ids.

ALTER TABLE execution_log ADD COLUMN line_number bigint;
UPDATE execution_log SET line_number = numbered.line_number
FROM (
    SELECT execution_key, log_id,
           row_number() OVER (PARTITION BY execution_key ORDER BY logged_at, log_id) AS line_number
    FROM execution_log
) numbered
WHERE execution_log.execution_key = numbered.execution_key
  AND execution_log.log_id = numbered.log_id;
ALTER TABLE execution_log ALTER COLUMN line_number SET NOT NULL;
COMMENT ON COLUMN execution_log.line_number IS 'its place in the execution''s log, from 1: by time, those of one moment as they came';
