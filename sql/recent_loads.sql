-- When were the last 30 loads of each data source? A load is an execution in which at least one of
-- its tasks succeeded, as a message told; its moment is that of the last success. For a task of
-- which no message tells an end, a load is a completed execution that named it.
-- uses: task_activity
WITH task AS MATERIALIZED (
    SELECT transfer_task_key, data_source_key, success_basis FROM task_activity
    WHERE data_source_key IS NOT NULL AND last_success_at_utc IS NOT NULL
),
enough AS MATERIALIZED (
    SELECT task.*,
           coalesce(CASE WHEN success_basis = 'task' THEN
                        (SELECT r.last_succeeded_at FROM task_run r
                         WHERE r.transfer_task_key = task.transfer_task_key
                           AND r.kind <> 'execution package' AND r.last_succeeded_at IS NOT NULL
                         ORDER BY r.last_succeeded_at DESC LIMIT 1 OFFSET 29)
                    ELSE
                        (SELECT r.completed_at FROM task_run r
                         WHERE r.transfer_task_key = task.transfer_task_key
                           AND r.kind <> 'execution package' AND r.completed_at IS NOT NULL
                         ORDER BY r.completed_at DESC LIMIT 1 OFFSET 29)
                    END, '0001-01-01 00:00:00.000000') AS since
    FROM task
),
success AS (
    SELECT enough.data_source_key, r.execution_key, r.last_succeeded_at AS succeeded_at
    FROM enough
    JOIN task_run r ON r.transfer_task_key = enough.transfer_task_key
        AND r.kind <> 'execution package' AND r.last_succeeded_at >= enough.since
    WHERE enough.success_basis = 'task'
    UNION ALL
    SELECT enough.data_source_key, r.execution_key, r.completed_at
    FROM enough
    JOIN task_run r ON r.transfer_task_key = enough.transfer_task_key
        AND r.kind <> 'execution package' AND r.completed_at IS NOT NULL
        AND r.completed_at >= enough.since
    WHERE enough.success_basis = 'execution'
),
load AS (
    SELECT data_source_key, execution_key, max(succeeded_at) AS loaded_at
    FROM success
    GROUP BY data_source_key, execution_key
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
       job.job_id,
       execution.execution_id,
       data_source.data_source_key
FROM ranked
JOIN data_source ON data_source.data_source_key = ranked.data_source_key
JOIN organisation ON organisation.organisation_key = data_source.organisation_key
JOIN execution ON execution.execution_key = ranked.execution_key
JOIN job ON job.job_key = execution.job_key
WHERE ranked.recency <= 30
ORDER BY organisation.name, data_source.name, loaded_at_utc
