-- What is remembered of how each job's body comes, so that what is known need not be read again.

ALTER TABLE watermark ADD COLUMN body_order text COLLATE "C"
    CHECK (body_order IN ('newest_first', 'oldest_first', 'none'));
ALTER TABLE watermark ADD COLUMN whole_through timestamptz;
ALTER TABLE watermark ADD COLUMN etag text;
ALTER TABLE watermark ADD COLUMN last_modified text;
ALTER TABLE watermark ADD COLUMN read_settings text;
COMMENT ON COLUMN watermark.body_order IS 'how the body last read whole came: newest_first, oldest_first or none; null when that is not known';
COMMENT ON COLUMN watermark.whole_through IS 'loaded_through when the body was last read whole';
COMMENT ON COLUMN watermark.etag IS 'of the body last read whole; null when the source gave none';
COMMENT ON COLUMN watermark.last_modified IS 'of the body last read whole; null when the source gave none';
COMMENT ON COLUMN watermark.read_settings IS 'fingerprint of what decides how a body is read, when the body was last read whole';

ALTER TABLE sync_job ADD COLUMN reading text COLLATE "C"
    CHECK (reading IN ('whole', 'stopped', 'unchanged'));
COMMENT ON COLUMN sync_job.reading IS 'how its body was read: whole, stopped once the rest was known, or unchanged as the source said; null when that failed';

COMMENT ON COLUMN watermark.read_through IS 'newest execution when its body was last read';

UPDATE watermark SET whole_through = loaded_through;
