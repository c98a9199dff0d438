-- When were the last 30 loads of each data source? A load is an execution in which at least one of
-- its tasks succeeded, as a message told; its moment is that of the last success.
WITH task AS MATERIALIZED ( -- its subquery runs once per task, not once per run
    SELECT t.transfer_task_key, t.data_source_key,
           coalesce((SELECT r.last_succeeded_at FROM task_run r
                     WHERE r.transfer_task_key = t.transfer_task_key
                       AND r.kind <> 'execution package' AND r.last_succeeded_at IS NOT NULL
                     ORDER BY r.last_succeeded_at DESC LIMIT 1 OFFSET 29),
                    '0001-01-01 00:00:00.000000') AS enough_since
    FROM transfer_task t
    WHERE t.data_source_key IS NOT NULL
),
load AS (
    SELECT task.data_source_key, r.execution_key, max(r.last_succeeded_at) AS loaded_at
    FROM task
    JOIN task_run r ON r.transfer_task_key = task.transfer_task_key
        AND r.kind <> 'execution package' AND r.last_succeeded_at >= task.enough_since
    GROUP BY task.data_source_key, r.execution_key
),
ranked AS (
    SELECT load.*,
           row_number() OVER (PARTITION BY data_source_key
               ORDER BY loaded_at DESC, execution_key DESC) AS recency
    FROM load
)
SELECT organisation.name AS organisation,
       data_source.name AS data_source,
       ranked.loaded_at AS loaded_at_utc,
       lag(ranked.loaded_at) OVER (PARTITION BY ranked.data_source_key
           ORDER BY ranked.loaded_at, ranked.execution_key) AS previous_loaded_at_utc,
       job.name AS job,
       execution.execution_id,
       data_source.data_source_key
FROM ranked
JOIN data_source ON data_source.data_source_key = ranked.data_source_key
JOIN organisation ON organisation.organisation_key = data_source.organisation_key
JOIN execution ON execution.execution_key = ranked.execution_key
JOIN job ON job.job_key = execution.job_key
WHERE ranked.recency <= 30
ORDER BY organisation.name, data_source.name, loaded_at_utc
