-- The history of jobs, in the schema that the connection's search path names. Moments are timestamptz;
-- names sort by their bytes, as in SQLite, whatever the database's collation is.
--
-- Unknown members are json, not jsonb: json keeps them as they came, down to the digits of a number
-- and the order of members, so that a line that is read back equals the line that was received, and
-- it takes what jsonb refuses (1e999999, "\ud800"). Cast to jsonb to search in them.

CREATE TABLE schema_migration (
    version    smallint PRIMARY KEY,
    name       text NOT NULL,
    applied_at timestamptz NOT NULL
);
COMMENT ON TABLE schema_migration IS 'The schema files that were applied to this database.';
COMMENT ON COLUMN schema_migration.version IS 'the number that the file''s name begins with';
COMMENT ON COLUMN schema_migration.name IS 'the file''s name';
COMMENT ON COLUMN schema_migration.applied_at IS 'when it was applied';

CREATE TABLE setting (
    name  text COLLATE "C" PRIMARY KEY,
    value text NOT NULL
);
COMMENT ON TABLE setting IS 'What the program remembers about this database, such as which views are in place.';
COMMENT ON COLUMN setting.name IS 'what is remembered';
COMMENT ON COLUMN setting.value IS 'its value';

CREATE TABLE organisation (
    organisation_key   bigint PRIMARY KEY,
    name               text COLLATE "C" NOT NULL UNIQUE,
    base_url           text NOT NULL,
    reporting_timezone text NOT NULL
);
COMMENT ON TABLE organisation IS 'One row per source of jobs.';
COMMENT ON COLUMN organisation.organisation_key IS 'identifies the organisation within this warehouse';
COMMENT ON COLUMN organisation.name IS 'as the configuration calls it';
COMMENT ON COLUMN organisation.base_url IS 'of its API, without credentials';
COMMENT ON COLUMN organisation.reporting_timezone IS 'IANA zone whose days execution.created_on follows';

CREATE TABLE job (
    job_key          bigint PRIMARY KEY,
    organisation_key bigint NOT NULL REFERENCES organisation,
    job_id           uuid NOT NULL,
    name             text COLLATE "C" NOT NULL,
    first_seen_at    timestamptz NOT NULL,
    missing_since    timestamptz,
    UNIQUE (organisation_key, job_id)
);
COMMENT ON TABLE job IS 'One row per job. A job that the source no longer lists stays, with the time it went missing.';
COMMENT ON COLUMN job.job_key IS 'identifies the job within this warehouse';
COMMENT ON COLUMN job.organisation_key IS 'the organisation that it belongs to';
COMMENT ON COLUMN job.job_id IS 'the id that the source gave it';
COMMENT ON COLUMN job.name IS 'the latest one; the id stays when a job is renamed';
COMMENT ON COLUMN job.first_seen_at IS 'when a sync first found it';
COMMENT ON COLUMN job.missing_since IS 'when the source first left it out; null while the source lists it';

CREATE TABLE execution (
    execution_key   bigint PRIMARY KEY,
    execution_id    uuid NOT NULL UNIQUE,
    job_key         bigint NOT NULL REFERENCES job,
    state           text COLLATE "C" NOT NULL
        CHECK (state IN ('none', 'running', 'completed', 'failed', 'unknown')),
    state_code      bigint NOT NULL,
    trigger_id      uuid,
    created_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    duration_ms     bigint,
    created_on      date NOT NULL,
    log_count       bigint NOT NULL,
    first_seen_at   timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    lost_since      timestamptz,
    extra           json,
    abandoned_since timestamptz,
    content_hash    bigint NOT NULL,
    incomplete      boolean NOT NULL
);
CREATE INDEX execution_by_job ON execution (job_key, created_at);
-- the few that every sync compares again
CREATE INDEX execution_pending ON execution (job_key)
    WHERE ended_at IS NULL OR state = 'running' OR incomplete;
COMMENT ON TABLE execution IS 'One row per run of a job.';
COMMENT ON COLUMN execution.execution_key IS 'identifies the execution within this warehouse';
COMMENT ON COLUMN execution.execution_id IS 'the id that the source gave it';
COMMENT ON COLUMN execution.job_key IS 'the job that ran';
COMMENT ON COLUMN execution.state IS 'none, running, completed, failed or unknown';
COMMENT ON COLUMN execution.state_code IS 'the state as the source said it';
COMMENT ON COLUMN execution.trigger_id IS 'null when the application started it, by schedule or by hand';
COMMENT ON COLUMN execution.created_at IS 'when it began';
COMMENT ON COLUMN execution.ended_at IS 'when it ended; null while it has no end';
COMMENT ON COLUMN execution.duration_ms IS 'from created_at to ended_at, in milliseconds';
COMMENT ON COLUMN execution.created_on IS 'the day of created_at in the organisation''s reporting zone';
COMMENT ON COLUMN execution.log_count IS 'its lines in execution_log';
COMMENT ON COLUMN execution.first_seen_at IS 'when a sync first found it';
COMMENT ON COLUMN execution.changed_at IS 'when a sync last found it new or changed';
COMMENT ON COLUMN execution.lost_since IS 'when it vanished from the source while it was open';
COMMENT ON COLUMN execution.extra IS 'members of the record that have no column, as they came';
COMMENT ON COLUMN execution.abandoned_since IS 'since when it is open for too long and no longer holds the watermark back';
COMMENT ON COLUMN execution.content_hash IS 'of the record, to see whether it changed';
COMMENT ON COLUMN execution.incomplete IS 'whether a part of it was rejected';

CREATE TABLE execution_log (
    execution_key bigint NOT NULL,
    log_id        uuid NOT NULL,
    logged_at     timestamptz NOT NULL,
    severity      bigint NOT NULL,
    message       text,
    extra         json,
    PRIMARY KEY (execution_key, log_id)
);
COMMENT ON TABLE execution_log IS 'One row per log line. It has no foreign key, which would make loading 2.5 times slower.';
COMMENT ON COLUMN execution_log.execution_key IS 'the execution that logged it';
COMMENT ON COLUMN execution_log.log_id IS 'the id that the source gave it';
COMMENT ON COLUMN execution_log.logged_at IS 'when it was logged';
COMMENT ON COLUMN execution_log.severity IS 'as the source said it';
COMMENT ON COLUMN execution_log.message IS 'null where the source has null';
COMMENT ON COLUMN execution_log.extra IS 'members of the record that have no column, as they came';

CREATE TABLE data_source (
    data_source_key  bigint PRIMARY KEY,
    name             text COLLATE "C" NOT NULL,
    max_age_hours    double precision,
    organisation_key bigint NOT NULL REFERENCES organisation,
    UNIQUE (organisation_key, name)
);
COMMENT ON TABLE data_source IS 'One row per data source: those that the configuration names, and those found in messages.';
COMMENT ON COLUMN data_source.data_source_key IS 'identifies the data source within this warehouse';
COMMENT ON COLUMN data_source.name IS 'what the configuration or the messages call it';
COMMENT ON COLUMN data_source.max_age_hours IS 'the oldest that its last success may be, in hours; null when nothing is asked';
COMMENT ON COLUMN data_source.organisation_key IS 'the organisation that it belongs to';

CREATE TABLE transfer_task (
    transfer_task_key bigint PRIMARY KEY,
    name              text COLLATE "C" NOT NULL,
    data_source_key   bigint REFERENCES data_source,
    organisation_key  bigint NOT NULL REFERENCES organisation
);
CREATE UNIQUE INDEX transfer_task_of_source ON transfer_task (data_source_key, name)
    WHERE data_source_key IS NOT NULL;
CREATE UNIQUE INDEX transfer_task_of_none ON transfer_task (organisation_key, name)
    WHERE data_source_key IS NULL;
COMMENT ON TABLE transfer_task IS 'One row per task name within a data source.';
COMMENT ON COLUMN transfer_task.transfer_task_key IS 'identifies the task within this warehouse';
COMMENT ON COLUMN transfer_task.name IS 'as the messages have it';
COMMENT ON COLUMN transfer_task.data_source_key IS 'the data source that it loads; null when nothing names one';
COMMENT ON COLUMN transfer_task.organisation_key IS 'the organisation that it belongs to';

CREATE TABLE task_run (
    execution_key     bigint NOT NULL REFERENCES execution,
    transfer_task_key bigint NOT NULL REFERENCES transfer_task,
    started_at        timestamptz,
    ended_at          timestamptz,
    outcome           text COLLATE "C" NOT NULL
        CHECK (outcome IN ('started', 'succeeded', 'failed', 'unknown')),
    last_succeeded_at timestamptz,
    attempts          bigint NOT NULL,
    row_count         bigint,
    error_message     text,
    attributed_by     text COLLATE "C" NOT NULL,
    duration_ms       bigint,
    PRIMARY KEY (execution_key, transfer_task_key)
);
-- for "when was it last loaded", whatever the length of the history
CREATE INDEX task_run_success ON task_run (transfer_task_key, last_succeeded_at);
CREATE INDEX task_run_latest ON task_run (transfer_task_key, coalesce(ended_at, started_at));
COMMENT ON TABLE task_run IS 'One row per task within an execution, put together from the messages that name it.';
COMMENT ON COLUMN task_run.execution_key IS 'the execution that it was a part of';
COMMENT ON COLUMN task_run.transfer_task_key IS 'the task that ran';
COMMENT ON COLUMN task_run.started_at IS 'the first that was heard of it';
COMMENT ON COLUMN task_run.ended_at IS 'when it succeeded or failed; null while neither is known';
COMMENT ON COLUMN task_run.outcome IS 'the last one heard of: started, succeeded, failed or unknown';
COMMENT ON COLUMN task_run.last_succeeded_at IS 'its last success, also when it failed afterwards';
COMMENT ON COLUMN task_run.attempts IS 'how often it was started';
COMMENT ON COLUMN task_run.row_count IS 'rows that it says it transferred';
COMMENT ON COLUMN task_run.error_message IS 'what it failed with';
COMMENT ON COLUMN task_run.attributed_by IS 'why the task belongs to its data source';
COMMENT ON COLUMN task_run.duration_ms IS 'from started_at to ended_at, in milliseconds';

CREATE TABLE watermark (
    job_key             bigint PRIMARY KEY REFERENCES job,
    loaded_through      timestamptz,
    open_executions     bigint NOT NULL,
    oldest_available_at timestamptz,
    read_through        timestamptz
);
COMMENT ON TABLE watermark IS 'One row per job: how far its history has been loaded.';
COMMENT ON COLUMN watermark.job_key IS 'the job';
COMMENT ON COLUMN watermark.loaded_through IS 'everything up to here is loaded; never past an execution that is still open';
COMMENT ON COLUMN watermark.open_executions IS 'those that hold it back';
COMMENT ON COLUMN watermark.oldest_available_at IS 'the oldest execution that the source still returns';
COMMENT ON COLUMN watermark.read_through IS 'newest execution when its body was last read whole';

CREATE TABLE sync_run (
    sync_run_key         bigint PRIMARY KEY,
    organisation_key     bigint NOT NULL REFERENCES organisation,
    started_at           timestamptz NOT NULL,
    ended_at             timestamptz,
    outcome              text COLLATE "C" NOT NULL
        CHECK (outcome IN ('running', 'succeeded', 'partial', 'failed', 'interrupted')),
    jobs                 bigint NOT NULL,
    jobs_failed          bigint NOT NULL,
    executions_new       bigint NOT NULL,
    executions_changed   bigint NOT NULL,
    executions_unchanged bigint NOT NULL,
    rejected             bigint NOT NULL,
    logs                 bigint NOT NULL,
    bytes                bigint NOT NULL,
    error                text,
    duration_ms          bigint
);
COMMENT ON TABLE sync_run IS 'One row per sync.';
COMMENT ON COLUMN sync_run.sync_run_key IS 'identifies the sync within this warehouse';
COMMENT ON COLUMN sync_run.organisation_key IS 'the organisation that was synced';
COMMENT ON COLUMN sync_run.started_at IS 'when it began';
COMMENT ON COLUMN sync_run.ended_at IS 'when it ended';
COMMENT ON COLUMN sync_run.outcome IS 'how it ended; running: it runs, or was killed';
COMMENT ON COLUMN sync_run.jobs IS 'jobs that it read';
COMMENT ON COLUMN sync_run.jobs_failed IS 'jobs among them that failed';
COMMENT ON COLUMN sync_run.executions_new IS 'executions that were not stored before';
COMMENT ON COLUMN sync_run.executions_changed IS 'executions that were stored differently';
COMMENT ON COLUMN sync_run.executions_unchanged IS 'executions that were stored like this';
COMMENT ON COLUMN sync_run.rejected IS 'records newly rejected';
COMMENT ON COLUMN sync_run.logs IS 'log lines newly stored';
COMMENT ON COLUMN sync_run.bytes IS 'of bodies, after decompression';
COMMENT ON COLUMN sync_run.error IS 'why it failed';
COMMENT ON COLUMN sync_run.duration_ms IS 'from started_at to ended_at, in milliseconds';

CREATE TABLE sync_job (
    sync_run_key         bigint NOT NULL REFERENCES sync_run,
    job_key              bigint NOT NULL REFERENCES job,
    started_at           timestamptz NOT NULL,
    ended_at             timestamptz,
    outcome              text COLLATE "C" NOT NULL
        CHECK (outcome IN ('running', 'succeeded', 'partial', 'failed', 'interrupted')),
    executions_new       bigint NOT NULL,
    executions_changed   bigint NOT NULL,
    executions_unchanged bigint NOT NULL,
    rejected             bigint NOT NULL,
    logs                 bigint NOT NULL,
    bytes                bigint NOT NULL,
    error                text,
    PRIMARY KEY (job_key, sync_run_key)
);
COMMENT ON TABLE sync_job IS 'One row per job within a sync.';
COMMENT ON COLUMN sync_job.sync_run_key IS 'the sync';
COMMENT ON COLUMN sync_job.job_key IS 'the job';
COMMENT ON COLUMN sync_job.started_at IS 'when the job''s part began';
COMMENT ON COLUMN sync_job.ended_at IS 'when it ended';
COMMENT ON COLUMN sync_job.outcome IS 'how it ended';
COMMENT ON COLUMN sync_job.executions_new IS 'executions that were not stored before';
COMMENT ON COLUMN sync_job.executions_changed IS 'executions that were stored differently';
COMMENT ON COLUMN sync_job.executions_unchanged IS 'executions that were stored like this';
COMMENT ON COLUMN sync_job.rejected IS 'records newly rejected';
COMMENT ON COLUMN sync_job.logs IS 'log lines newly stored';
COMMENT ON COLUMN sync_job.bytes IS 'of bodies, after decompression';
COMMENT ON COLUMN sync_job.error IS 'why it failed';

CREATE TABLE rejected_record (
    rejected_record_key bigint PRIMARY KEY,
    job_key             bigint NOT NULL REFERENCES job,
    sync_run_key        bigint NOT NULL REFERENCES sync_run,
    place               text NOT NULL,
    reason              text NOT NULL,
    record              text NOT NULL,
    content_hash        bigint NOT NULL,
    execution_id        uuid,
    first_seen_at       timestamptz NOT NULL,
    resolved_at         timestamptz,
    UNIQUE (job_key, content_hash)
);
COMMENT ON TABLE rejected_record IS 'One row per record that could not be loaded, once per job and content.';
COMMENT ON COLUMN rejected_record.rejected_record_key IS 'identifies the record within this warehouse';
COMMENT ON COLUMN rejected_record.job_key IS 'the job whose body held it';
COMMENT ON COLUMN rejected_record.sync_run_key IS 'the sync that first met it';
COMMENT ON COLUMN rejected_record.place IS 'where in the body';
COMMENT ON COLUMN rejected_record.reason IS 'why it could not be loaded';
COMMENT ON COLUMN rejected_record.record IS 'as it came, cut at 64 KiB';
COMMENT ON COLUMN rejected_record.content_hash IS 'of the whole record';
COMMENT ON COLUMN rejected_record.execution_id IS 'of the execution it is or belongs to, where that is known';
COMMENT ON COLUMN rejected_record.first_seen_at IS 'when a sync first met it';
COMMENT ON COLUMN rejected_record.resolved_at IS 'when its execution was loaded whole after all';

CREATE TABLE history_gap (
    job_key       bigint NOT NULL REFERENCES job,
    missing_from  timestamptz NOT NULL,
    missing_until timestamptz NOT NULL,
    sync_run_key  bigint NOT NULL REFERENCES sync_run,
    PRIMARY KEY (job_key, missing_from, missing_until)
);
COMMENT ON TABLE history_gap IS 'Spans of a job''s history that the source dropped before they were loaded.';
COMMENT ON COLUMN history_gap.job_key IS 'the job';
COMMENT ON COLUMN history_gap.missing_from IS 'the newest execution that is stored from before it';
COMMENT ON COLUMN history_gap.missing_until IS 'the oldest that the source still had';
COMMENT ON COLUMN history_gap.sync_run_key IS 'the sync that found it';
