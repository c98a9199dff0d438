-- What kinds of message there are: each log line points to the shape of its message, which is the
-- message without its numbers, names, times and paths.

ALTER TABLE execution_log ADD COLUMN shape_key bigint;
COMMENT ON COLUMN execution_log.shape_key IS 'the shape of its message; null for a line without a message, and for one stored by a program that knew no shapes';

CREATE TABLE message_shape (
    organisation_key bigint NOT NULL REFERENCES organisation,
    shape_key        bigint NOT NULL,
    mask             text COLLATE "C" NOT NULL,
    first_seen_at    timestamptz NOT NULL,
    last_seen_at     timestamptz NOT NULL,
    line_count       bigint NOT NULL,
    worst_severity   bigint NOT NULL,
    example          text COLLATE "C" NOT NULL,
    execution_key    bigint NOT NULL,
    rule             text COLLATE "C",
    outcome          text COLLATE "C"
        CHECK (outcome IN ('started', 'succeeded', 'failed')),
    PRIMARY KEY (organisation_key, shape_key)
);
COMMENT ON TABLE message_shape IS 'One row per shape within an organisation: of its lines that are stored.';
COMMENT ON COLUMN message_shape.organisation_key IS 'the organisation whose jobs log it';
COMMENT ON COLUMN message_shape.shape_key IS 'a hash of the mask, the same in every warehouse';
COMMENT ON COLUMN message_shape.mask IS 'the message with <name>, <number>, … in its places';
COMMENT ON COLUMN message_shape.first_seen_at IS 'when the first of its lines was logged';
COMMENT ON COLUMN message_shape.last_seen_at IS 'when the last of its lines was logged';
COMMENT ON COLUMN message_shape.line_count IS 'its lines in execution_log';
COMMENT ON COLUMN message_shape.worst_severity IS 'the largest number';
COMMENT ON COLUMN message_shape.example IS 'the message of the first line, cut at 4 KiB';
COMMENT ON COLUMN message_shape.execution_key IS 'the execution that the example is from';
COMMENT ON COLUMN message_shape.rule IS 'the one that matched the example; null for none';
COMMENT ON COLUMN message_shape.outcome IS 'what that rule takes it for: started, succeeded or failed';

CREATE TABLE message_shape_job (
    organisation_key bigint NOT NULL,
    shape_key        bigint NOT NULL,
    job_key          bigint NOT NULL REFERENCES job,
    first_seen_at    timestamptz NOT NULL,
    last_seen_at     timestamptz NOT NULL,
    line_count       bigint NOT NULL,
    PRIMARY KEY (organisation_key, shape_key, job_key)
);
COMMENT ON TABLE message_shape_job IS 'One row per shape and job that logs it.';
COMMENT ON COLUMN message_shape_job.organisation_key IS 'the organisation of the job';
COMMENT ON COLUMN message_shape_job.shape_key IS 'the shape';
COMMENT ON COLUMN message_shape_job.job_key IS 'the job';
COMMENT ON COLUMN message_shape_job.first_seen_at IS 'when the job first logged it';
COMMENT ON COLUMN message_shape_job.last_seen_at IS 'when the job last logged it';
COMMENT ON COLUMN message_shape_job.line_count IS 'lines of the job that have it';
