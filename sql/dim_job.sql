-- Jobs, for a star: one row per job, and -1 for a job that is not known.
SELECT job.job_key,
       job.name AS job,
       job.job_id,
       organisation.name AS organisation,
       job.first_seen_at AS first_seen_at_utc,
       job.missing_since AS missing_since_utc,
       CASE WHEN job.missing_since IS NULL THEN 0 ELSE 1 END AS is_missing
FROM job
JOIN organisation ON organisation.organisation_key = job.organisation_key
UNION ALL
SELECT -1, '(unknown)', NULL, '(unknown)', NULL, NULL, 0
