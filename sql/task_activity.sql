-- When did each transfer task last succeed, when was it last heard of, and how often has it failed
-- since its last success? A task of which no message ever told an end (success_basis 'execution')
-- counts by the completed executions that named or started it. Execution packages are left out.
WITH task AS (
    SELECT t.transfer_task_key, t.organisation_key, t.data_source_key, t.name,
           (SELECT max(r.last_succeeded_at) FROM task_run r
            WHERE r.transfer_task_key = t.transfer_task_key
              AND r.kind <> 'execution package') AS last_succeeded_at,
           (SELECT max(r.completed_at) FROM task_run r
            WHERE r.transfer_task_key = t.transfer_task_key
              AND r.kind <> 'execution package' AND r.completed_at IS NOT NULL)
               AS last_completed_at,
           (SELECT max(r.heard_at) FROM task_run r
            WHERE r.transfer_task_key = t.transfer_task_key
              AND r.kind <> 'execution package' AND r.outcome = 'failed') AS last_failed_at,
           (SELECT max(r.heard_at) FROM task_run r
            WHERE r.transfer_task_key = t.transfer_task_key
              AND r.kind <> 'execution package') AS last_heard_at
    FROM transfer_task t
),
judged AS (
    SELECT task.*,
           CASE WHEN last_succeeded_at IS NULL AND last_failed_at IS NULL THEN last_completed_at
                ELSE last_succeeded_at END AS last_success_at,
           CASE WHEN last_succeeded_at IS NULL AND last_failed_at IS NULL THEN 'execution'
                ELSE 'task' END AS basis
    FROM task
    WHERE last_heard_at IS NOT NULL
),
placed AS (
    SELECT judged.*,
           CASE WHEN basis = 'task' THEN
               (SELECT max(r.execution_key) FROM task_run r
                WHERE r.transfer_task_key = judged.transfer_task_key
                  AND r.kind <> 'execution package'
                  AND r.last_succeeded_at = judged.last_success_at)
           ELSE
               (SELECT max(r.execution_key) FROM task_run r
                WHERE r.transfer_task_key = judged.transfer_task_key
                  AND r.kind <> 'execution package' AND r.completed_at IS NOT NULL
                  AND r.completed_at = judged.last_success_at)
           END AS success_execution_key,
           (SELECT max(r.execution_key) FROM task_run r
            WHERE r.transfer_task_key = judged.transfer_task_key
              AND r.kind <> 'execution package' AND r.heard_at = judged.last_heard_at)
               AS last_execution_key,
           (SELECT count(*) FROM task_run r
            WHERE r.transfer_task_key = judged.transfer_task_key
              AND r.kind <> 'execution package' AND r.outcome = 'failed'
              AND r.heard_at > coalesce(judged.last_succeeded_at, '0001-01-01 00:00:00.000000'))
               AS failed_since,
           (SELECT min(r.heard_at) FROM task_run r
            WHERE r.transfer_task_key = judged.transfer_task_key
              AND r.kind <> 'execution package' AND r.outcome = 'failed'
              AND r.heard_at > coalesce(judged.last_succeeded_at, '0001-01-01 00:00:00.000000'))
               AS failing_since
    FROM judged
)
SELECT organisation.name AS organisation,
       data_source.name AS data_source,
       placed.name AS transfer_task,
       placed.last_success_at AS last_success_at_utc,
       placed.basis AS success_basis,
       success_job.name AS job,
       success_job.job_id,
       CASE WHEN placed.basis = 'execution' AND placed.last_success_at > placed.last_heard_at
            THEN placed.last_success_at ELSE placed.last_heard_at END AS last_run_at_utc,
       last_run.outcome AS last_outcome,
       last_job.excluded_since AS job_excluded_since_utc,
       placed.failed_since AS failed_runs,
       placed.failing_since AS failing_since_utc,
       placed.last_failed_at AS last_failed_at_utc,
       placed.data_source_key,
       placed.transfer_task_key
FROM placed
JOIN organisation ON organisation.organisation_key = placed.organisation_key
LEFT JOIN data_source ON data_source.data_source_key = placed.data_source_key
LEFT JOIN execution success ON success.execution_key = placed.success_execution_key
LEFT JOIN job success_job ON success_job.job_key = success.job_key
LEFT JOIN execution last_execution ON last_execution.execution_key = placed.last_execution_key
LEFT JOIN job last_job ON last_job.job_key = last_execution.job_key
LEFT JOIN task_run last_run ON last_run.execution_key = placed.last_execution_key
    AND last_run.transfer_task_key = placed.transfer_task_key
ORDER BY organisation.name, data_source.name NULLS FIRST, placed.name, placed.transfer_task_key
