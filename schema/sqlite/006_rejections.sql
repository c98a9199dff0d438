-- How many records of a body were rejected beyond the thousand that are kept, and a digest of them:
-- what was told of once is told from what is new.
ALTER TABLE watermark ADD COLUMN rejected_beyond TEXT;

-- The same of the entries of the list of jobs that could not be read.
ALTER TABLE organisation ADD COLUMN unreadable_jobs TEXT;
