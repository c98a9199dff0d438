-- Which jobs are there, and how did each one run last? An execution
-- that is dated ahead of the clock is not the last.
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       job.first_seen_at AS first_seen_at_utc,
       job.missing_since AS missing_since_utc,
       job.excluded_since AS excluded_since_utc,
       (SELECT count(*) FROM execution WHERE execution.job_key = job.job_key) AS executions,
       latest.created_at AS last_run_at_utc,
       latest.ended_at AS last_run_ended_at_utc,
       latest.state AS last_state
FROM job
JOIN organisation ON organisation.organisation_key = job.organisation_key
LEFT JOIN execution latest ON latest.execution_key =
    (SELECT e.execution_key FROM execution e
     WHERE e.job_key = job.job_key
       AND (e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after)
     ORDER BY e.created_at DESC, e.execution_key DESC LIMIT 1)
ORDER BY organisation.name, job.name, job.job_id
