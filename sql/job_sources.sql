-- Which job loads which data source? By what the tasks of each job's last 30 executions were; tasks
-- that nothing places have no data source. An execution that is dated ahead of the clock does not
-- count.
WITH since AS MATERIALIZED (
    SELECT job.job_key,
           coalesce((SELECT e.created_at FROM execution e
                     WHERE e.job_key = job.job_key
                       AND (e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after)
                     ORDER BY e.created_at DESC LIMIT 1 OFFSET 29),
                    '0001-01-01 00:00:00.000000') AS created_at
    FROM job
),
recent AS MATERIALIZED (
    SELECT e.job_key, e.execution_key
    FROM since
    JOIN execution e ON e.job_key = since.job_key AND e.created_at >= since.created_at
    WHERE e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after
),
loaded AS (
    SELECT recent.job_key, transfer_task.data_source_key,
           count(DISTINCT r.transfer_task_key) AS tasks,
           count(*) AS runs,
           count(*) FILTER (WHERE r.outcome = 'failed') AS failed,
           max(coalesce(r.last_succeeded_at, r.completed_at)) AS last_success_at,
           max(r.heard_at) AS heard_at
    FROM recent
    -- BETWEEN and + 0, as in new_errors: so PostgreSQL goes from each execution to its runs
    JOIN task_run r ON r.execution_key BETWEEN recent.execution_key + 0 AND recent.execution_key + 0
        AND r.kind <> 'execution package'
    JOIN transfer_task ON transfer_task.transfer_task_key = r.transfer_task_key
    GROUP BY recent.job_key, transfer_task.data_source_key
)
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       data_source.name AS data_source,
       loaded.tasks,
       loaded.runs,
       loaded.failed,
       loaded.last_success_at AS last_success_at_utc,
       loaded.heard_at AS heard_at_utc
FROM loaded
JOIN job ON job.job_key = loaded.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
LEFT JOIN data_source ON data_source.data_source_key = loaded.data_source_key
ORDER BY organisation.name, job.name, job.job_id, data_source.name NULLS LAST
