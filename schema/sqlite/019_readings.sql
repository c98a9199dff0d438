-- How each execution stood in the body that it was stored from last. When a sync meets the same bytes again, it
-- passes over them without parsing. Nothing but the sync reads it; an execution without a row is parsed.
CREATE TABLE execution_reading (
    execution_key INTEGER PRIMARY KEY REFERENCES execution ON DELETE CASCADE,
    bytes_hash    INTEGER, -- of its JSON and of what decides its reading; null: it is parsed each time
    line_count    INTEGER NOT NULL, -- the lines that came; more may be stored
    time_trend    INTEGER NOT NULL, -- steps of its lines forward in time less those backward, as they came
    newest_at     TIMESTAMP NOT NULL -- of its creation, end and log lines
);
