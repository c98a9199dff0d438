-- Every duration_ms is the time between its row's two moments, in whole milliseconds; null where the
-- end stands before the start, or the execution believes one of them not.
-- repair: restore a backup, or write the columns anew from the moments
SELECT 'execution' AS "table", execution_key AS "row", duration_ms
FROM execution
WHERE duration_ms IS DISTINCT FROM
    CASE WHEN ended_at >= created_at
              AND (doubtful_after IS NULL OR greatest(created_at, ended_at) <= doubtful_after)
         THEN trunc(extract(epoch FROM ended_at - created_at) * 1000)::bigint END
UNION ALL
SELECT 'task_run' AS "table", execution_key AS "row", duration_ms
FROM task_run
WHERE duration_ms IS DISTINCT FROM
    CASE WHEN ended_at >= started_at
         THEN trunc(extract(epoch FROM ended_at - started_at) * 1000)::bigint END
UNION ALL
SELECT 'sync_run' AS "table", sync_run_key AS "row", duration_ms
FROM sync_run
WHERE duration_ms IS DISTINCT FROM
    CASE WHEN ended_at >= started_at
         THEN trunc(extract(epoch FROM ended_at - started_at) * 1000)::bigint END
