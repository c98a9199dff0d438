-- Which executions failed, newest first, and what did they say? The last line of the log is given
-- where no task names an error.
WITH failed AS (
    SELECT e.*,
           (SELECT r.error_line FROM task_run r
            WHERE r.execution_key = e.execution_key AND r.error_message IS NOT NULL
            ORDER BY coalesce(r.ended_at, r.started_at) NULLS LAST, r.transfer_task_key LIMIT 1)
               AS first_error,
           (SELECT count(*) FROM task_run r
            WHERE r.execution_key = e.execution_key AND r.outcome = 'failed') AS failed_tasks
    FROM execution e
    WHERE e.state = 'failed'
),
-- those of which no task names an error
mute AS MATERIALIZED (
    SELECT execution_key FROM failed WHERE first_error IS NULL
),
-- joined, not asked for each execution, and materialized: lines may come from several nodes of Citus.
-- BETWEEN and + 0, as in new_errors: so PostgreSQL goes from each execution to its lines.
last_line AS MATERIALIZED (
    SELECT line.execution_key, line.message
    FROM (
        SELECT execution_log.execution_key, execution_log.message,
               row_number() OVER (PARTITION BY execution_log.execution_key
                                  ORDER BY execution_log.line_number DESC) AS place
        FROM mute
        JOIN execution_log ON execution_log.execution_key
            BETWEEN mute.execution_key + 0 AND mute.execution_key + 0
        WHERE execution_log.message IS NOT NULL
    ) line
    WHERE line.place = 1
)
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       failed.execution_id,
       failed.created_at AS created_at_utc,
       failed.ended_at AS ended_at_utc,
       round(cast(failed.duration_ms / 1000.0 AS numeric), 3) AS seconds,
       failed.failed_tasks,
       failed.first_error,
       last_line.message AS last_message
FROM failed
JOIN job ON job.job_key = failed.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
LEFT JOIN last_line ON last_line.execution_key = failed.execution_key
ORDER BY failed.created_at DESC, failed.execution_key DESC
