-- How far has each job's history been loaded, and how did its last sync end?
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       watermark.loaded_through AS loaded_through_utc,
       watermark.open_executions,
       watermark.oldest_available_at AS oldest_available_at_utc,
       job.missing_since AS missing_since_utc,
       job.excluded_since AS excluded_since_utc,
       sync_job.started_at AS last_sync_at_utc,
       sync_job.outcome AS last_sync_outcome,
       sync_job.error AS last_sync_error
FROM job
JOIN organisation ON organisation.organisation_key = job.organisation_key
LEFT JOIN watermark ON watermark.job_key = job.job_key
LEFT JOIN sync_job ON sync_job.job_key = job.job_key AND sync_job.sync_run_key =
    (SELECT max(latest.sync_run_key) FROM sync_job latest WHERE latest.job_key = job.job_key)
ORDER BY organisation.name, job.name, job.job_key
