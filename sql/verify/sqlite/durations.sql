-- Every duration_ms is the time between its row's two moments, in whole milliseconds.
-- repair: restore a backup, or write the columns anew from the moments
SELECT 'execution' AS "table", execution_key AS "row", duration_ms
FROM execution
WHERE duration_ms IS DISTINCT FROM
    ((strftime('%s', substr(ended_at, 1, 19)) - strftime('%s', substr(created_at, 1, 19))) * 1000000
     + substr(ended_at, 21, 6) - substr(created_at, 21, 6)) / 1000
UNION ALL
SELECT 'task_run' AS "table", execution_key AS "row", duration_ms
FROM task_run
WHERE duration_ms IS DISTINCT FROM
    ((strftime('%s', substr(ended_at, 1, 19)) - strftime('%s', substr(started_at, 1, 19))) * 1000000
     + substr(ended_at, 21, 6) - substr(started_at, 21, 6)) / 1000
UNION ALL
SELECT 'sync_run' AS "table", sync_run_key AS "row", duration_ms
FROM sync_run
WHERE duration_ms IS DISTINCT FROM
    ((strftime('%s', substr(ended_at, 1, 19)) - strftime('%s', substr(started_at, 1, 19))) * 1000000
     + substr(ended_at, 21, 6) - substr(started_at, 21, 6)) / 1000
