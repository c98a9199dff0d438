-- An execution whose log lines were pruned has none.
-- repair: DELETE FROM execution_log WHERE execution_key = …; the lines of it that a sync stored are counted anew by restoring a backup
SELECT e.execution_key, counted.lines
FROM execution e
JOIN (SELECT execution_key, count(*) AS lines FROM execution_log GROUP BY execution_key) counted
    ON counted.execution_key = e.execution_key
WHERE e.logs_pruned_at IS NOT NULL
