-- How does each job stand, in one word? The first that fits: missing (the source lists it no more);
-- excluded; never run; running; failed (its last run); late (a run that was expected did not come);
-- fine (its last run completed); else unknown.
-- uses: missed_runs
WITH missed AS (
    SELECT organisation, job_id, min(expected_at_utc) AS expected_at_utc
    FROM missed_runs
    GROUP BY organisation, job_id
)
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       CASE WHEN job.missing_since IS NOT NULL THEN 'missing'
            WHEN job.excluded_since IS NOT NULL THEN 'excluded'
            WHEN last_run.execution_key IS NULL THEN 'never run'
            WHEN last_run.state NOT IN ('completed', 'failed') AND last_run.ended_at IS NULL
             AND last_run.lost_since IS NULL AND last_run.abandoned_since IS NULL THEN 'running'
            WHEN last_run.state = 'failed' THEN 'failed'
            WHEN missed.job_id IS NOT NULL THEN 'late'
            WHEN last_run.state = 'completed' THEN 'fine'
            ELSE 'unknown' END AS status,
       last_run.created_at AS last_run_at_utc,
       last_run.state AS last_state,
       missed.expected_at_utc,
       job.job_key
FROM job
JOIN organisation ON organisation.organisation_key = job.organisation_key
LEFT JOIN execution last_run ON last_run.execution_key =
    (SELECT e.execution_key FROM execution e
     WHERE e.job_key = job.job_key
       AND (e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after)
     ORDER BY e.created_at DESC, e.execution_key DESC LIMIT 1)
LEFT JOIN missed ON missed.organisation = organisation.name AND missed.job_id = job.job_id
ORDER BY organisation.name, job.name, job.job_id
