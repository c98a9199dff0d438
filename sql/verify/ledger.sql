-- At most one sync is under way, and what is under way has no end yet.
-- repair: tidemark sync; it closes what a killed sync left open
SELECT 'sync_run' AS "table", sync_run_key, outcome, ended_at
FROM sync_run
WHERE (outcome = 'running') <> (ended_at IS NULL)
   OR (outcome = 'running' AND 1 < (SELECT count(*) FROM sync_run r WHERE r.outcome = 'running'))
UNION ALL
SELECT 'sync_job' AS "table", sync_run_key, outcome, ended_at
FROM sync_job
WHERE (outcome = 'running') <> (ended_at IS NULL)
