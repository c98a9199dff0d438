-- How much of what is logged is understood, and since when it is less.

ALTER TABLE message_shape ADD COLUMN known_since timestamptz;
ALTER TABLE organisation ADD COLUMN wording_changed_at timestamptz;

-- which executions came since a sync
CREATE INDEX execution_changed ON execution (changed_at);
-- the few task runs without an outcome
CREATE INDEX task_run_vague ON task_run (heard_at) WHERE outcome IN ('started', 'unknown');
