-- When did a task of each data source last succeed, and when was one last heard of? The task that
-- succeeded last speaks for its data source; task_activity has all of them.
-- uses: task_activity
WITH ranked AS (
    SELECT task_activity.*,
           row_number() OVER (PARTITION BY data_source_key
               ORDER BY last_success_at_utc DESC NULLS LAST, transfer_task_key) AS success_rank,
           row_number() OVER (PARTITION BY data_source_key
               ORDER BY last_run_at_utc DESC, transfer_task_key) AS run_rank
    FROM task_activity
    WHERE data_source_key IS NOT NULL
)
SELECT organisation.name AS organisation,
       data_source.name AS data_source,
       success.last_success_at_utc,
       success.success_basis,
       success.transfer_task,
       success.job,
       success.job_id,
       data_source.max_age_hours,
       data_source.is_retired,
       run.last_outcome,
       run.last_run_at_utc,
       run.job_excluded_since_utc,
       data_source.data_source_key
FROM data_source
JOIN organisation ON organisation.organisation_key = data_source.organisation_key
LEFT JOIN ranked success ON success.data_source_key = data_source.data_source_key
    AND success.success_rank = 1 AND success.last_success_at_utc IS NOT NULL
LEFT JOIN ranked run ON run.data_source_key = data_source.data_source_key AND run.run_rank = 1
ORDER BY organisation.name, data_source.name
