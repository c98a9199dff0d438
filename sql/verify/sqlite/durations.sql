-- Every duration_ms is the time between its row's two moments, in whole milliseconds.
-- repair: restore a backup, or write the columns anew from the moments
WITH span AS (
    SELECT 'execution' AS "table", execution_key AS "row", created_at AS began_at, ended_at, duration_ms
    FROM execution
    UNION ALL
    SELECT 'task_run', execution_key, started_at, ended_at, duration_ms
    FROM task_run
    UNION ALL
    SELECT 'sync_run', sync_run_key, started_at, ended_at, duration_ms
    FROM sync_run
)
SELECT "table", "row", duration_ms
FROM span
WHERE duration_ms IS DISTINCT FROM
    ((strftime('%s', substr(ended_at, 1, 19)) - strftime('%s', substr(began_at, 1, 19))) * 1000000
     + substr(ended_at, 21, 6) - substr(began_at, 21, 6)) / 1000
