-- What 'tidemark prune' leaves behind of what it removes, and what a later sync has to know of it.

ALTER TABLE execution ADD COLUMN logs_pruned_at TIMESTAMP; -- its log lines were removed; null: they are there

-- One row per job and state of which executions were removed: what is older and not stored is not loaded again.
CREATE TABLE prune_mark (
    job_key       INTEGER NOT NULL REFERENCES job,
    state         TEXT NOT NULL CHECK (state IN ('none', 'running', 'completed', 'failed', 'unknown')),
    pruned_before TIMESTAMP NOT NULL,
    PRIMARY KEY (job_key, state)
) WITHOUT ROWID;

-- One row per job, day and state: the executions that were removed.
CREATE TABLE job_day (
    job_key     INTEGER NOT NULL REFERENCES job,
    day         DATE NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('none', 'running', 'completed', 'failed', 'unknown')),
    runs        INTEGER NOT NULL,
    log_lines   INTEGER NOT NULL,
    timed_runs  INTEGER NOT NULL, -- those with a duration
    duration_ms INTEGER NOT NULL, -- theirs, added up
    longest_ms  INTEGER,
    PRIMARY KEY (job_key, day, state)
) WITHOUT ROWID;

-- One row per transfer task, day and outcome: the task runs that were removed.
CREATE TABLE task_day (
    transfer_task_key INTEGER NOT NULL REFERENCES transfer_task,
    day               DATE NOT NULL,
    outcome           TEXT NOT NULL CHECK (outcome IN ('started', 'succeeded', 'failed', 'unknown')),
    runs              INTEGER NOT NULL,
    timed_runs        INTEGER NOT NULL,
    duration_ms       INTEGER NOT NULL,
    longest_ms        INTEGER,
    counted_runs      INTEGER NOT NULL, -- those that told a number of rows
    row_count         INTEGER NOT NULL, -- theirs, added up
    PRIMARY KEY (transfer_task_key, day, outcome)
) WITHOUT ROWID;

-- The same per data source, as tasks belonged to it when they were removed.
CREATE TABLE source_day (
    data_source_key INTEGER NOT NULL REFERENCES data_source,
    day             DATE NOT NULL,
    outcome         TEXT NOT NULL CHECK (outcome IN ('started', 'succeeded', 'failed', 'unknown')),
    runs            INTEGER NOT NULL,
    timed_runs      INTEGER NOT NULL,
    duration_ms     INTEGER NOT NULL,
    longest_ms      INTEGER,
    counted_runs    INTEGER NOT NULL,
    row_count       INTEGER NOT NULL,
    PRIMARY KEY (data_source_key, day, outcome)
) WITHOUT ROWID;
