-- What was not compared is not called unchanged: executions that are stored, and older than what a
-- sync compares again.
ALTER TABLE sync_run ADD COLUMN executions_skipped bigint NOT NULL DEFAULT 0;
ALTER TABLE sync_job ADD COLUMN executions_skipped bigint NOT NULL DEFAULT 0;

COMMENT ON COLUMN sync_run.executions_skipped IS 'executions that are stored, and too old to be compared again';
COMMENT ON COLUMN sync_job.executions_skipped IS 'executions that are stored, and too old to be compared again';
