-- execution.log_count is the number of the execution's log lines.
-- repair: UPDATE execution SET log_count = (SELECT count(*) FROM execution_log l WHERE l.execution_key = execution.execution_key)
SELECT execution_key, log_count, lines
FROM (
    SELECT
        e.execution_key,
        e.log_count,
        (SELECT count(*) FROM execution_log l WHERE l.execution_key = e.execution_key) AS lines
    FROM execution e
) counted
WHERE log_count <> lines
