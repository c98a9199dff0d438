-- No watermark has passed an execution that holds it (open, neither lost nor abandoned), each counts those, and none is
-- ahead of what was read. A job that a sync wrote to without ending well is left out: the next sync settles it.
-- repair: tidemark sync, which writes the watermark of every job that it reads anew
WITH holding AS (
    SELECT job_key, created_at
    FROM execution
    WHERE (ended_at IS NULL OR state = 'running' OR incomplete) -- as the index execution_pending is
      AND (ended_at IS NULL OR state = 'running')
      AND lost_since IS NULL AND abandoned_since IS NULL
),
settled AS (
    SELECT w.job_key, w.loaded_through, w.read_through, w.open_executions
    FROM watermark w
    JOIN job j ON j.job_key = w.job_key
    WHERE NOT EXISTS (
        SELECT 1
        FROM sync_run r
        LEFT JOIN sync_job s ON s.job_key = w.job_key AND s.sync_run_key = r.sync_run_key
        WHERE r.organisation_key = j.organisation_key
          AND (r.outcome IN ('running', 'failed', 'interrupted') OR s.outcome = 'failed')
          AND r.sync_run_key > coalesce(
              (SELECT max(c.sync_run_key) FROM sync_job c
               WHERE c.job_key = w.job_key AND c.outcome IN ('succeeded', 'partial')),
              0)
    )
)
SELECT job_key, 'loaded_through is past an execution that holds it' AS problem, loaded_through
FROM settled w
WHERE EXISTS (SELECT 1 FROM holding h WHERE h.job_key = w.job_key AND h.created_at <= w.loaded_through)
UNION ALL
SELECT job_key, 'open_executions is not their number' AS problem, loaded_through
FROM settled w
WHERE open_executions <> (SELECT count(*) FROM holding h WHERE h.job_key = w.job_key)
UNION ALL
SELECT job_key, 'loaded_through is ahead of read_through' AS problem, loaded_through
FROM settled w
WHERE loaded_through > read_through OR (loaded_through IS NOT NULL AND read_through IS NULL)
