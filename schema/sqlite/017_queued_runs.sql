-- Runs that 'tidemark execute' asked the source for. A row is written before the request is sent: a
-- run whose end nobody was told is not queued a second time by accident.
CREATE TABLE queued_run (
    job_id     TEXT NOT NULL,      -- as the source has it: the job need not be loaded yet
    asked_at   TIMESTAMP NOT NULL, -- just before the request was sent
    trigger_id TEXT,               -- null: no answer came, or none that can be read
    settled_at TIMESTAMP,          -- its end was told, or nobody waits for it
    PRIMARY KEY (job_id, asked_at)
) WITHOUT ROWID;
