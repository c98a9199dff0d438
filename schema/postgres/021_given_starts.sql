-- Starts of jobs that [schedule] gives, of the fifteen days before the last sync: kept anew by each.
CREATE TABLE given_start (
    job_key     bigint NOT NULL REFERENCES job,
    expected_at timestamptz NOT NULL,
    PRIMARY KEY (job_key, expected_at)
);
