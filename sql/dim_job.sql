-- Jobs, for a star: one row per job, and -1 for a job that is not known.
SELECT job.job_key,
       job.name AS job,
       job.job_id,
       organisation.name AS organisation,
       job.organisation_key,
       job.first_seen_at AS first_seen_at_utc,
       job.missing_since AS missing_since_utc,
       job.is_missing,
       job.excluded_since AS excluded_since_utc,
       job.is_excluded
FROM job
JOIN organisation ON organisation.organisation_key = job.organisation_key
UNION ALL
SELECT unknown_key, name, no_id, name, unknown_key, no_moment, no_moment, zero, no_moment, zero
FROM unknown_row
