-- Which executions have no end yet? One looks lost when the source no longer returns it or its job, and
-- abandoned when it has been open for longer than sync.abandoned_after. Any other one usually ends at
-- usual_end_utc: so long after its beginning as half of its job's last 60 completed executions took, when
-- there are ten.
WITH open_run AS (
    SELECT execution.*,
           {epoch execution.created_at} AS began, -- in seconds since 1970
           {epoch CURRENT_TIMESTAMP} AS until,
           (SELECT max(CASE WHEN ranked.runs >= 10 AND ranked.place = (ranked.runs + 1) / 2
                            THEN ranked.duration_ms END)
            FROM (SELECT done.duration_ms, count(*) OVER () AS runs,
                         row_number() OVER (ORDER BY done.duration_ms) AS place
                  FROM (SELECT e.duration_ms FROM execution e
                        WHERE e.job_key = execution.job_key AND e.state = 'completed'
                          AND e.duration_ms IS NOT NULL
                        ORDER BY e.created_at DESC, e.execution_key DESC LIMIT 60) done) ranked)
               AS usual_ms
    FROM execution
    -- the first condition says nothing more than the second: it is that of an index on these few
    WHERE (execution.ended_at IS NULL OR execution.state = 'running' OR execution.incomplete)
      AND (execution.ended_at IS NULL OR execution.state = 'running')
)
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       open_run.execution_id,
       open_run.created_at AS since_utc,
       round(cast(CASE WHEN open_run.until > open_run.began
                       THEN (open_run.until - open_run.began) / 3600.0 ELSE 0.0 END AS numeric), 2)
           AS hours_open,
       CASE WHEN open_run.lost_since IS NOT NULL OR job.missing_since IS NOT NULL THEN 'lost'
            WHEN open_run.abandoned_since IS NOT NULL THEN 'abandoned'
            ELSE 'running' END AS looks,
       open_run.state,
       open_run.log_count,
       CASE WHEN open_run.lost_since IS NULL AND open_run.abandoned_since IS NULL
                 AND job.missing_since IS NULL THEN
           {at open_run.began + open_run.usual_ms / 1000} END AS usual_end_utc
FROM open_run
JOIN job ON job.job_key = open_run.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
ORDER BY open_run.created_at DESC, open_run.execution_key DESC
