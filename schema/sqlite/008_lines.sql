-- Each log line keeps its place. The lines that are stored are in the order of time; which of those
-- of one moment came first was not kept, so that they are in the order of their ids.

ALTER TABLE execution_log RENAME TO unnumbered_log;

-- One row per log line, kept together by execution.
CREATE TABLE execution_log (
    execution_key INTEGER NOT NULL,   -- of execution
    log_id        TEXT NOT NULL,
    logged_at     TIMESTAMP NOT NULL,
    severity      INTEGER NOT NULL,   -- as the source said it
    message       TEXT,               -- null where the source has null
    extra         TEXT,               -- members of the record that have no column, as JSON
    shape_key     INTEGER,            -- of message_shape
    line_number   INTEGER NOT NULL,   -- its place in the execution's log, from 1: by time, then as it came
    PRIMARY KEY (execution_key, log_id)
) WITHOUT ROWID;

INSERT INTO execution_log (execution_key, log_id, logged_at, severity, message, extra, shape_key,
                           line_number)
SELECT execution_key, log_id, logged_at, severity, message, extra, shape_key,
       row_number() OVER (PARTITION BY execution_key ORDER BY logged_at, log_id)
FROM unnumbered_log;

DROP TABLE unnumbered_log;
