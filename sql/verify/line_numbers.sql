-- The lines of an execution are numbered from 1, without a gap, and in the order of time.
-- repair: UPDATE execution SET content_hash = 0 WHERE execution_key = …, then tidemark sync --full
SELECT execution_key, log_id, line_number, place
FROM (
    SELECT
        execution_key,
        log_id,
        line_number,
        logged_at,
        row_number() OVER (PARTITION BY execution_key ORDER BY line_number) AS place,
        lag(logged_at) OVER (PARTITION BY execution_key ORDER BY line_number) AS logged_before
    FROM execution_log
) numbered
WHERE line_number <> place OR logged_at < logged_before
