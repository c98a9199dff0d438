-- What was not compared is not called unchanged: executions that are stored, and older than what a
-- sync compares again.
ALTER TABLE sync_run ADD COLUMN executions_skipped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sync_job ADD COLUMN executions_skipped INTEGER NOT NULL DEFAULT 0;
