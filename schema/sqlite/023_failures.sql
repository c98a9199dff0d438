-- What failed, without a look at the many runs that did not.

-- which task runs failed, execution packages among them
CREATE INDEX task_run_failure ON task_run (execution_key) WHERE outcome = 'failed';
