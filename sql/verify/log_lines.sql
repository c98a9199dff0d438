-- Every log line belongs to an execution that is stored; no foreign key says so.
-- repair: restore a backup, or DELETE FROM execution_log WHERE execution_key NOT IN (SELECT execution_key FROM execution)
SELECT l.execution_key, count(*) AS lines
FROM execution_log l
WHERE NOT EXISTS (SELECT 1 FROM execution e WHERE e.execution_key = l.execution_key)
GROUP BY l.execution_key
