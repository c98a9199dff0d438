-- What is remembered of how each job's body comes, so that what is known need not be read again.

-- of the body when it was last read whole: how its executions came (null: not known), loaded_through
-- after it, the source's validators (null when it gave none), and a fingerprint of what decided how
-- it was read
ALTER TABLE watermark ADD COLUMN body_order TEXT
    CHECK (body_order IN ('newest_first', 'oldest_first', 'none'));
ALTER TABLE watermark ADD COLUMN whole_through TIMESTAMP;
ALTER TABLE watermark ADD COLUMN etag TEXT;
ALTER TABLE watermark ADD COLUMN last_modified TEXT;
ALTER TABLE watermark ADD COLUMN read_settings TEXT;
UPDATE watermark SET whole_through = loaded_through;

-- how the job's body was read: stopped once all that was left was known, or unchanged as the source
-- said; null when it failed
ALTER TABLE sync_job ADD COLUMN reading TEXT
    CHECK (reading IN ('whole', 'stopped', 'unchanged'));
