-- Runs that 'tidemark execute' asked the source for. A row is written before the request is sent: a
-- run whose end nobody was told is not queued a second time by accident.
CREATE TABLE queued_run (
    job_id     uuid NOT NULL,
    asked_at   timestamptz NOT NULL,
    trigger_id uuid,
    settled_at timestamptz,
    PRIMARY KEY (job_id, asked_at)
);
