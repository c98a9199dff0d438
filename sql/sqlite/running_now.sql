-- Which executions have no end yet? One looks lost when the source no longer returns it, and
-- abandoned when it has been open for longer than sync.abandoned_after.
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       execution.execution_id,
       execution.created_at AS since_utc,
       round(max(0.0, (julianday('now') - julianday(execution.created_at)) * 24), 2) AS hours_open,
       CASE WHEN execution.lost_since IS NOT NULL THEN 'lost'
            WHEN execution.abandoned_since IS NOT NULL THEN 'abandoned'
            ELSE 'running' END AS looks,
       execution.state,
       execution.log_count
FROM execution
JOIN job ON job.job_key = execution.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
-- the first condition says nothing more than the second: it is that of an index on these few
WHERE (execution.ended_at IS NULL OR execution.state = 'running' OR execution.incomplete)
  AND (execution.ended_at IS NULL OR execution.state = 'running')
ORDER BY execution.created_at DESC, execution.execution_key DESC
