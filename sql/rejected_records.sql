-- Which records could not be loaded, and why? Those that were loaded after all are left out.
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       rejected_record.execution_id,
       rejected_record.place,
       rejected_record.reason,
       rejected_record.first_seen_at AS first_seen_at_utc,
       rejected_record.record
FROM rejected_record
JOIN job ON job.job_key = rejected_record.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
WHERE rejected_record.resolved_at IS NULL
ORDER BY rejected_record.first_seen_at DESC, rejected_record.rejected_record_key DESC
