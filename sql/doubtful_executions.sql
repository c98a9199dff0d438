-- Which executions, or lines of their logs, were ahead of the clock when they came? What they say of
-- moments after doubtful_after_utc is not believed.
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       execution.execution_id,
       execution.created_at AS created_at_utc,
       execution.ended_at AS ended_at_utc,
       execution.doubtful_after AS doubtful_after_utc,
       execution.first_seen_at AS first_seen_at_utc
FROM execution
JOIN job ON job.job_key = execution.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
WHERE execution.doubtful_after IS NOT NULL
ORDER BY organisation.name, job.name, job.job_key, execution.created_at, execution.execution_key
