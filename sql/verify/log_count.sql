-- execution.log_count is the number of the execution's log lines, unless they were pruned.
-- repair: UPDATE execution SET log_count = (SELECT count(*) FROM execution_log l WHERE l.execution_key = execution.execution_key)
WITH counted AS (
    SELECT execution_key, count(*) AS lines
    FROM execution_log
    GROUP BY execution_key
)
SELECT e.execution_key, e.log_count, coalesce(counted.lines, 0) AS lines
FROM execution e
LEFT JOIN counted ON counted.execution_key = e.execution_key
WHERE e.logs_pruned_at IS NULL AND e.log_count <> coalesce(counted.lines, 0)
