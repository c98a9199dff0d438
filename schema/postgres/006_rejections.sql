-- What was told of once is told from what is new.
ALTER TABLE watermark ADD COLUMN rejected_beyond text;
COMMENT ON COLUMN watermark.rejected_beyond IS 'how many records of the body were rejected beyond the thousand that are kept, and a digest of them';

ALTER TABLE organisation ADD COLUMN unreadable_jobs text;
COMMENT ON COLUMN organisation.unreadable_jobs IS 'how many entries of the list of jobs could not be read, and a digest of them';
