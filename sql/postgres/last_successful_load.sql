-- When was each data source last loaded successfully, and is that too long ago? `success_basis` says
-- whether a task said so, or only the execution that named it was completed. A retired source is never
-- late. `job_excluded_since_utc` tells since when the job that ran it last is not synced.
-- uses: data_source_activity
WITH aged AS (
    SELECT data_source_activity.*,
           CASE WHEN last_success_at_utc IS NOT NULL THEN
               round(cast(greatest(0, extract(epoch FROM (now() AT TIME ZONE 'UTC')
                                                         - last_success_at_utc) / 3600)
                          AS numeric), 2) END AS age_hours
    FROM data_source_activity
)
SELECT data_source,
       last_success_at_utc,
       transfer_task,
       job,
       job_id,
       job_excluded_since_utc,
       age_hours,
       max_age_hours,
       is_retired,
       CASE WHEN max_age_hours IS NULL THEN 0
            WHEN last_success_at_utc IS NULL OR age_hours > max_age_hours THEN 1
            ELSE 0 END AS is_late,
       success_basis,
       last_outcome,
       last_run_at_utc,
       organisation,
       data_source_key
FROM aged
ORDER BY organisation, data_source
