-- Every duration_ms is the time between its row's two moments, in whole milliseconds.
-- repair: restore a backup, or write the columns anew from the moments
SELECT 'execution' AS "table", execution_key AS "row", duration_ms
FROM execution
WHERE duration_ms IS DISTINCT FROM trunc(extract(epoch FROM ended_at - created_at) * 1000)::bigint
UNION ALL
SELECT 'task_run' AS "table", execution_key AS "row", duration_ms
FROM task_run
WHERE duration_ms IS DISTINCT FROM trunc(extract(epoch FROM ended_at - started_at) * 1000)::bigint
UNION ALL
SELECT 'sync_run' AS "table", sync_run_key AS "row", duration_ms
FROM sync_run
WHERE duration_ms IS DISTINCT FROM trunc(extract(epoch FROM ended_at - started_at) * 1000)::bigint
