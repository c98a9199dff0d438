-- The history of jobs. Every moment is UTC text 'YYYY-MM-DD HH:MM:SS.ffffff', always that wide, so
-- that the order of the text is the order of time; every guid is 36 characters in lower case.

PRAGMA application_id = 1414087749; -- 'TIDE': this file is a warehouse of Tidemark

-- The schema files that were applied to this database.
CREATE TABLE schema_migration (
    version    INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    applied_at TIMESTAMP NOT NULL
);

-- What the program remembers about this database, such as which views are in place.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One row per source of jobs.
CREATE TABLE organisation (
    organisation_key   INTEGER PRIMARY KEY,
    name               TEXT NOT NULL UNIQUE,
    base_url           TEXT NOT NULL, -- without credentials
    reporting_timezone TEXT NOT NULL  -- IANA zone whose days execution.created_on follows
);

-- One row per job. A job that the source no longer lists stays, with the time it went missing.
CREATE TABLE job (
    job_key          INTEGER PRIMARY KEY,
    organisation_key INTEGER NOT NULL REFERENCES organisation,
    job_id           TEXT NOT NULL,
    name             TEXT NOT NULL, -- the latest one; the id stays when a job is renamed
    first_seen_at    TIMESTAMP NOT NULL,
    missing_since    TIMESTAMP,     -- null while the source lists it
    UNIQUE (organisation_key, job_id)
);

-- One row per run of a job.
CREATE TABLE execution (
    execution_key   INTEGER PRIMARY KEY,
    execution_id    TEXT NOT NULL UNIQUE,
    job_key         INTEGER NOT NULL REFERENCES job,
    state           TEXT NOT NULL
        CHECK (state IN ('none', 'running', 'completed', 'failed', 'unknown')),
    state_code      INTEGER NOT NULL, -- as the source said it
    trigger_id      TEXT,             -- null when the application started it, by schedule or by hand
    created_at      TIMESTAMP NOT NULL,
    ended_at        TIMESTAMP,        -- null while it has no end
    duration_ms     INTEGER,          -- from created_at to ended_at
    created_on      DATE NOT NULL,    -- the day of created_at in the organisation's reporting zone
    log_count       INTEGER NOT NULL, -- lines in execution_log
    first_seen_at   TIMESTAMP NOT NULL,
    changed_at      TIMESTAMP NOT NULL, -- when a sync last found it new or changed
    lost_since      TIMESTAMP,        -- it vanished from the source while it was open
    extra           TEXT,             -- members of the record that have no column, as JSON
    abandoned_since TIMESTAMP,        -- open for too long: it no longer holds the watermark back
    content_hash    INTEGER NOT NULL, -- of the record, to see whether it changed
    incomplete      INTEGER NOT NULL CHECK (incomplete IN (0, 1)) -- a part of it was rejected
);
CREATE INDEX execution_by_job ON execution (job_key, created_at);
-- the few that every sync compares again
CREATE INDEX execution_pending ON execution (job_key)
    WHERE ended_at IS NULL OR state = 'running' OR incomplete;

-- One row per log line, kept together by execution.
CREATE TABLE execution_log (
    execution_key INTEGER NOT NULL,   -- of execution
    log_id        TEXT NOT NULL,
    logged_at     TIMESTAMP NOT NULL,
    severity      INTEGER NOT NULL,   -- as the source said it
    message       TEXT,               -- null where the source has null
    extra         TEXT,               -- members of the record that have no column, as JSON
    PRIMARY KEY (execution_key, log_id)
) WITHOUT ROWID;

-- One row per data source: those that the configuration names, and those found in messages.
CREATE TABLE data_source (
    data_source_key  INTEGER PRIMARY KEY,
    name             TEXT NOT NULL,
    max_age_hours    REAL, -- the oldest that its last success may be; null when nothing is asked
    organisation_key INTEGER NOT NULL REFERENCES organisation,
    UNIQUE (organisation_key, name)
);

-- One row per task name within a data source.
CREATE TABLE transfer_task (
    transfer_task_key INTEGER PRIMARY KEY,
    name              TEXT NOT NULL,
    data_source_key   INTEGER REFERENCES data_source, -- null when nothing names one
    organisation_key  INTEGER NOT NULL REFERENCES organisation
);
CREATE UNIQUE INDEX transfer_task_of_source ON transfer_task (data_source_key, name)
    WHERE data_source_key IS NOT NULL;
CREATE UNIQUE INDEX transfer_task_of_none ON transfer_task (organisation_key, name)
    WHERE data_source_key IS NULL;

-- One row per task within an execution, put together from the messages that name it.
CREATE TABLE task_run (
    execution_key     INTEGER NOT NULL REFERENCES execution,
    transfer_task_key INTEGER NOT NULL REFERENCES transfer_task,
    started_at        TIMESTAMP,
    ended_at          TIMESTAMP,
    outcome           TEXT NOT NULL -- the last one heard of
        CHECK (outcome IN ('started', 'succeeded', 'failed', 'unknown')),
    last_succeeded_at TIMESTAMP,    -- also of a task that failed afterwards
    attempts          INTEGER NOT NULL,
    row_count         INTEGER,
    error_message     TEXT,
    attributed_by     TEXT NOT NULL, -- why the task belongs to its data source
    duration_ms       INTEGER,       -- from started_at to ended_at
    PRIMARY KEY (execution_key, transfer_task_key)
) WITHOUT ROWID;
-- for "when was it last loaded", whatever the length of the history
CREATE INDEX task_run_success ON task_run (transfer_task_key, last_succeeded_at);
CREATE INDEX task_run_latest ON task_run (transfer_task_key, coalesce(ended_at, started_at));

-- One row per job: how far its history has been loaded.
CREATE TABLE watermark (
    job_key             INTEGER PRIMARY KEY REFERENCES job,
    loaded_through      TIMESTAMP,        -- never past an execution that is still open
    open_executions     INTEGER NOT NULL, -- those that hold it back
    oldest_available_at TIMESTAMP,        -- the oldest execution that the source still returns
    read_through        TIMESTAMP         -- newest execution when its body was last read whole
);

-- One row per sync.
CREATE TABLE sync_run (
    sync_run_key         INTEGER PRIMARY KEY,
    organisation_key     INTEGER NOT NULL REFERENCES organisation,
    started_at           TIMESTAMP NOT NULL,
    ended_at             TIMESTAMP,
    outcome              TEXT NOT NULL -- running: it runs, or was killed
        CHECK (outcome IN ('running', 'succeeded', 'partial', 'failed', 'interrupted')),
    jobs                 INTEGER NOT NULL,
    jobs_failed          INTEGER NOT NULL,
    executions_new       INTEGER NOT NULL,
    executions_changed   INTEGER NOT NULL,
    executions_unchanged INTEGER NOT NULL,
    rejected             INTEGER NOT NULL, -- records newly rejected
    logs                 INTEGER NOT NULL, -- log lines newly stored
    bytes                INTEGER NOT NULL, -- of bodies, after decompression
    error                TEXT,
    duration_ms          INTEGER           -- from started_at to ended_at
);

-- One row per job within a sync.
CREATE TABLE sync_job (
    sync_run_key         INTEGER NOT NULL REFERENCES sync_run,
    job_key              INTEGER NOT NULL REFERENCES job,
    started_at           TIMESTAMP NOT NULL,
    ended_at             TIMESTAMP,
    outcome              TEXT NOT NULL
        CHECK (outcome IN ('running', 'succeeded', 'partial', 'failed', 'interrupted')),
    executions_new       INTEGER NOT NULL,
    executions_changed   INTEGER NOT NULL,
    executions_unchanged INTEGER NOT NULL,
    rejected             INTEGER NOT NULL,
    logs                 INTEGER NOT NULL,
    bytes                INTEGER NOT NULL,
    error                TEXT,
    PRIMARY KEY (job_key, sync_run_key)
) WITHOUT ROWID;

-- One row per record that could not be loaded, once per job and content.
CREATE TABLE rejected_record (
    rejected_record_key INTEGER PRIMARY KEY,
    job_key             INTEGER NOT NULL REFERENCES job,
    sync_run_key        INTEGER NOT NULL REFERENCES sync_run, -- the sync that first met it
    place               TEXT NOT NULL,    -- where in the body
    reason              TEXT NOT NULL,
    record              TEXT NOT NULL,    -- as it came, cut at 64 KiB
    content_hash        INTEGER NOT NULL, -- of the whole record
    execution_id        TEXT,             -- of the execution it is or belongs to, where that is known
    first_seen_at       TIMESTAMP NOT NULL,
    resolved_at         TIMESTAMP,        -- when its execution was loaded whole after all
    UNIQUE (job_key, content_hash)
);

-- Spans of a job's history that the source dropped before they were loaded.
CREATE TABLE history_gap (
    job_key       INTEGER NOT NULL REFERENCES job,
    missing_from  TIMESTAMP NOT NULL, -- the newest execution that is stored from before it
    missing_until TIMESTAMP NOT NULL, -- the oldest that the source still had
    sync_run_key  INTEGER NOT NULL REFERENCES sync_run, -- the sync that found it
    PRIMARY KEY (job_key, missing_from, missing_until)
) WITHOUT ROWID;
