-- Why a task run says what it says: the rule, the kind of task, and what its execution came to.

ALTER TABLE task_run
    ADD COLUMN rule         text COLLATE "C",
    ADD COLUMN kind         text COLLATE "C" NOT NULL DEFAULT 'transfer'
        CHECK (kind IN ('transfer', 'synchronize', 'import metadata', 'storage management',
                        'execution package')),
    ADD COLUMN completed_at timestamptz;
COMMENT ON COLUMN task_run.rule IS 'the rule that said the outcome, or named the task; null: stored by an older version';
COMMENT ON COLUMN task_run.kind IS 'the kind of task, by that rule';
COMMENT ON COLUMN task_run.completed_at IS 'end of the completed execution, where no message says an outcome (attempts = 0)';
COMMENT ON COLUMN execution.changed_at IS 'when a sync last found it new or changed, or its task runs were attributed anew';

ALTER TABLE organisation ADD COLUMN attribution_fingerprint text;
COMMENT ON COLUMN organisation.attribution_fingerprint IS 'of all that decides which runs there are and whose; null when it is not known';

-- "when was it last loaded" must not see execution packages, which load no data source
DROP INDEX task_run_success;
DROP INDEX task_run_latest;
CREATE INDEX task_run_success ON task_run (transfer_task_key, last_succeeded_at)
    WHERE kind <> 'execution package';
CREATE INDEX task_run_latest ON task_run (transfer_task_key, coalesce(ended_at, started_at))
    WHERE kind <> 'execution package';
CREATE INDEX task_run_completed ON task_run (transfer_task_key, completed_at)
    WHERE kind <> 'execution package' AND completed_at IS NOT NULL;

-- which state codes there are, without a look at every execution
CREATE INDEX execution_state ON execution (job_key, state_code, ended_at);
