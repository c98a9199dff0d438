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
       -- no CASE around it, so that it has a type through ODBC
       (SELECT l.message FROM execution_log l
        WHERE l.execution_key = failed.execution_key AND l.message IS NOT NULL
          AND failed.first_error IS NULL
        ORDER BY l.line_number DESC LIMIT 1) AS last_message
FROM failed
JOIN job ON job.job_key = failed.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
ORDER BY failed.created_at DESC, failed.execution_key DESC
