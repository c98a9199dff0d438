-- When did a task of each data source last succeed, and when did one last run at all? A task of
-- which no message ever told an outcome counts by the completed executions that named it.
WITH task AS (
    SELECT t.transfer_task_key, t.data_source_key, t.name,
           (SELECT max(r.last_succeeded_at) FROM task_run r
            WHERE r.transfer_task_key = t.transfer_task_key
              AND r.kind <> 'execution package') AS last_succeeded_at,
           (SELECT max(coalesce(r.ended_at, r.started_at)) FROM task_run r
            WHERE r.transfer_task_key = t.transfer_task_key
              AND r.kind <> 'execution package') AS last_heard_at,
           (SELECT max(r.completed_at) FROM task_run r
            WHERE r.transfer_task_key = t.transfer_task_key
              AND r.kind <> 'execution package' AND r.completed_at IS NOT NULL)
               AS last_completed_at
    FROM transfer_task t
    WHERE t.data_source_key IS NOT NULL
),
judged AS (
    SELECT transfer_task_key, data_source_key, name,
           CASE WHEN last_heard_at IS NULL THEN last_completed_at ELSE last_succeeded_at END
               AS last_success_at,
           CASE WHEN last_heard_at IS NULL THEN 'execution' ELSE 'task' END AS basis,
           coalesce(last_heard_at, last_completed_at) AS last_run_at
    FROM task
),
ranked AS (
    SELECT judged.*,
           row_number() OVER (PARTITION BY data_source_key
               ORDER BY last_success_at DESC NULLS LAST, transfer_task_key) AS success_rank,
           row_number() OVER (PARTITION BY data_source_key
               ORDER BY last_run_at DESC NULLS LAST, transfer_task_key) AS run_rank
    FROM judged
)
SELECT organisation.name AS organisation,
       data_source.name AS data_source,
       success.last_success_at AS last_success_at_utc,
       success.basis AS success_basis,
       success.name AS transfer_task,
       (SELECT job.name
        FROM execution
        JOIN job ON job.job_key = execution.job_key
        WHERE execution.execution_key = CASE WHEN success.basis = 'task' THEN
            (SELECT max(r.execution_key) FROM task_run r
             WHERE r.transfer_task_key = success.transfer_task_key
               AND r.kind <> 'execution package'
               AND r.last_succeeded_at = success.last_success_at)
        ELSE
            (SELECT max(r.execution_key) FROM task_run r
             WHERE r.transfer_task_key = success.transfer_task_key
               AND r.kind <> 'execution package' AND r.completed_at IS NOT NULL
               AND r.completed_at = success.last_success_at)
        END) AS job,
       data_source.max_age_hours,
       CASE WHEN run.basis = 'task' THEN
           (SELECT r.outcome FROM task_run r
            WHERE r.transfer_task_key = run.transfer_task_key
              AND r.kind <> 'execution package'
              AND coalesce(r.ended_at, r.started_at) = run.last_run_at
            ORDER BY r.execution_key DESC LIMIT 1)
       WHEN run.basis = 'execution' THEN 'unknown' END AS last_outcome,
       run.last_run_at AS last_run_at_utc,
       data_source.data_source_key
FROM data_source
JOIN organisation ON organisation.organisation_key = data_source.organisation_key
LEFT JOIN ranked success ON success.data_source_key = data_source.data_source_key
    AND success.success_rank = 1 AND success.last_success_at IS NOT NULL
LEFT JOIN ranked run ON run.data_source_key = data_source.data_source_key
    AND run.run_rank = 1 AND run.last_run_at IS NOT NULL
ORDER BY organisation.name, data_source.name
