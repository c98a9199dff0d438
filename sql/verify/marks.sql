-- Only an execution that is open can be lost or abandoned.
-- repair: UPDATE execution SET lost_since = NULL, abandoned_since = NULL WHERE execution_key = …
SELECT execution_key, lost_since, abandoned_since
FROM execution
WHERE ended_at IS NOT NULL AND state <> 'running'
  AND (lost_since IS NOT NULL OR abandoned_since IS NOT NULL)
