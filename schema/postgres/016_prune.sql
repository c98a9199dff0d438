-- What 'tidemark prune' leaves behind of what it removes, and what a later sync has to know of it.

ALTER TABLE execution ADD COLUMN logs_pruned_at timestamptz;

CREATE TABLE prune_mark (
    job_key       bigint NOT NULL REFERENCES job,
    state         text COLLATE "C" NOT NULL
        CHECK (state IN ('none', 'running', 'completed', 'failed', 'unknown')),
    pruned_before timestamptz NOT NULL,
    PRIMARY KEY (job_key, state)
);

CREATE TABLE job_day (
    job_key     bigint NOT NULL REFERENCES job,
    day         date NOT NULL,
    state       text COLLATE "C" NOT NULL
        CHECK (state IN ('none', 'running', 'completed', 'failed', 'unknown')),
    runs        bigint NOT NULL,
    log_lines   bigint NOT NULL,
    timed_runs  bigint NOT NULL,
    duration_ms bigint NOT NULL,
    longest_ms  bigint,
    PRIMARY KEY (job_key, day, state)
);

CREATE TABLE task_day (
    transfer_task_key bigint NOT NULL REFERENCES transfer_task,
    day               date NOT NULL,
    outcome           text COLLATE "C" NOT NULL
        CHECK (outcome IN ('started', 'succeeded', 'failed', 'unknown')),
    runs              bigint NOT NULL,
    timed_runs        bigint NOT NULL,
    duration_ms       bigint NOT NULL,
    longest_ms        bigint,
    counted_runs      bigint NOT NULL,
    row_count         bigint NOT NULL,
    PRIMARY KEY (transfer_task_key, day, outcome)
);

CREATE TABLE source_day (
    data_source_key bigint NOT NULL REFERENCES data_source,
    day             date NOT NULL,
    outcome         text COLLATE "C" NOT NULL
        CHECK (outcome IN ('started', 'succeeded', 'failed', 'unknown')),
    runs            bigint NOT NULL,
    timed_runs      bigint NOT NULL,
    duration_ms     bigint NOT NULL,
    longest_ms      bigint,
    counted_runs    bigint NOT NULL,
    row_count       bigint NOT NULL,
    PRIMARY KEY (data_source_key, day, outcome)
);
