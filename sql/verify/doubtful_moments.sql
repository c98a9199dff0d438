-- No task run takes its moments from what its execution does not believe.
-- repair: tidemark attribute
SELECT r.execution_key, r.transfer_task_key, e.doubtful_after
FROM execution e
JOIN task_run r ON r.execution_key = e.execution_key
WHERE e.doubtful_after IS NOT NULL
  AND (r.started_at > e.doubtful_after OR r.ended_at > e.doubtful_after
       OR r.last_succeeded_at > e.doubtful_after OR r.completed_at > e.doubtful_after)
