-- Every duration_ms is the time between its row's two moments, in whole milliseconds; null where the
-- end stands before the start, or the execution believes one of them not.
-- repair: restore a backup, or write the columns anew from the moments
WITH span AS (
    SELECT 'execution' AS "table", execution_key AS "row", created_at AS began_at, ended_at, duration_ms,
           coalesce(doubtful_after, '9999-12-31 23:59:59.999999') AS believed_to
    FROM execution
    UNION ALL
    SELECT 'task_run', execution_key, started_at, ended_at, duration_ms,
           '9999-12-31 23:59:59.999999'
    FROM task_run
    UNION ALL
    SELECT 'sync_run', sync_run_key, started_at, ended_at, duration_ms,
           '9999-12-31 23:59:59.999999'
    FROM sync_run
)
SELECT "table", "row", duration_ms
FROM span
WHERE duration_ms IS DISTINCT FROM
    CASE WHEN ended_at >= began_at AND ended_at <= believed_to AND began_at <= believed_to THEN
        ((strftime('%s', substr(ended_at, 1, 19)) - strftime('%s', substr(began_at, 1, 19))) * 1000000
         + substr(ended_at, 21, 6) - substr(began_at, 21, 6)) / 1000 END
