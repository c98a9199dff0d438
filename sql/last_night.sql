-- What ran last night, and when did each part of it start and end? The executions that began in the
-- 20 hours before the newest one, and the tasks within each: ready for a chart of bars over time.
-- uses: newest_executions
WITH newest AS MATERIALIZED (
    SELECT organisation_key, {utc created_at_utc} AS created_at FROM newest_executions
),
night AS MATERIALIZED (
    SELECT e.*, job.organisation_key, job.name AS job, job.job_id
    FROM newest
    JOIN job ON job.organisation_key = newest.organisation_key
    JOIN execution e ON e.job_key = job.job_key
        AND e.created_at > {before newest.created_at, 20}
        AND e.created_at <= newest.created_at
),
part AS (
    SELECT organisation_key, job, job_id, execution_id, created_at, execution_key,
           cast(NULL AS bigint) AS transfer_task_key, state AS result,
           created_at AS started_at, ended_at, duration_ms,
           cast(NULL AS bigint) AS row_count, cast(NULL AS text) AS error_message
    FROM night
    UNION ALL
    SELECT night.organisation_key, night.job, night.job_id, night.execution_id, night.created_at,
           night.execution_key, r.transfer_task_key, r.outcome, r.started_at, r.ended_at,
           r.duration_ms, r.row_count, r.error_line AS error_message
    FROM night
    -- BETWEEN and + 0, as in new_errors: so PostgreSQL goes from each execution to its runs
    JOIN task_run r ON r.execution_key BETWEEN night.execution_key + 0 AND night.execution_key + 0
)
SELECT organisation.name AS organisation,
       part.job,
       part.job_id,
       part.execution_id,
       transfer_task.name AS transfer_task,
       data_source.name AS data_source,
       part.result,
       part.started_at AS started_at_utc,
       part.ended_at AS ended_at_utc,
       round(cast(part.duration_ms / 1000.0 AS numeric), 3) AS seconds,
       part.row_count,
       part.error_message
FROM part
JOIN organisation ON organisation.organisation_key = part.organisation_key
LEFT JOIN transfer_task ON transfer_task.transfer_task_key = part.transfer_task_key
LEFT JOIN data_source ON data_source.data_source_key = transfer_task.data_source_key
ORDER BY organisation.name, part.created_at, part.execution_key,
         part.transfer_task_key IS NOT NULL, part.started_at NULLS LAST, part.transfer_task_key
