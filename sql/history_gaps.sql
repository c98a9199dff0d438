-- Which spans of a job's history did the source drop before they were loaded?
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       history_gap.missing_from AS missing_from_utc,
       history_gap.missing_until AS missing_until_utc,
       sync_run.started_at AS found_at_utc
FROM history_gap
JOIN job ON job.job_key = history_gap.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
JOIN sync_run ON sync_run.sync_run_key = history_gap.sync_run_key
ORDER BY organisation.name, job.name, job.job_key, history_gap.missing_from
