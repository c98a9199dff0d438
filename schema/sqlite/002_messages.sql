-- What kinds of message there are: each log line points to the shape of its message, which is the
-- message without its numbers, names, times and paths.

-- null for a line without a message, and for one stored by a program that knew no shapes
ALTER TABLE execution_log ADD COLUMN shape_key INTEGER; -- of message_shape

-- One row per shape within an organisation: of its lines that are stored.
CREATE TABLE message_shape (
    organisation_key INTEGER NOT NULL REFERENCES organisation,
    shape_key        INTEGER NOT NULL,   -- a hash of the mask, the same in every warehouse
    mask             TEXT NOT NULL,      -- the message with <name>, <number>, … in its places
    first_seen_at    TIMESTAMP NOT NULL, -- when the first of its lines was logged
    last_seen_at     TIMESTAMP NOT NULL, -- when the last of its lines was logged
    line_count       INTEGER NOT NULL,
    worst_severity   INTEGER NOT NULL,   -- the largest number
    example          TEXT NOT NULL,      -- the message of the first line, cut at 4 KiB
    execution_key    INTEGER NOT NULL,   -- the execution that the example is from
    rule             TEXT,               -- the one that matched the example; null for none
    outcome          TEXT                -- what that rule takes it for
        CHECK (outcome IN ('started', 'succeeded', 'failed')),
    PRIMARY KEY (organisation_key, shape_key)
) WITHOUT ROWID;

-- One row per shape and job that logs it.
CREATE TABLE message_shape_job (
    organisation_key INTEGER NOT NULL,
    shape_key        INTEGER NOT NULL,
    job_key          INTEGER NOT NULL REFERENCES job,
    first_seen_at    TIMESTAMP NOT NULL,
    last_seen_at     TIMESTAMP NOT NULL,
    line_count       INTEGER NOT NULL,
    PRIMARY KEY (organisation_key, shape_key, job_key)
) WITHOUT ROWID;
