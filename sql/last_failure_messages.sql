-- What did each job's last failed execution log, line by line?
WITH line AS MATERIALIZED ( -- so that Citus sorts lines that come from several nodes
    SELECT job.organisation_key,
           job.name AS job,
           job.job_id,
           execution.execution_id,
           execution.created_at,
           log.logged_at,
           log.severity,
           log.message,
           log.line_number
    FROM job
    JOIN execution ON execution.execution_key =
        (SELECT e.execution_key FROM execution e
         WHERE e.job_key = job.job_key AND e.state = 'failed'
           AND (e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after)
         ORDER BY e.created_at DESC, e.execution_key DESC LIMIT 1)
    JOIN execution_log log ON log.execution_key = execution.execution_key
)
SELECT organisation.name AS organisation,
       line.job,
       line.job_id,
       line.execution_id,
       line.created_at AS created_at_utc,
       line.logged_at AS logged_at_utc,
       line.severity,
       line.message
FROM line
JOIN organisation ON organisation.organisation_key = line.organisation_key
ORDER BY organisation.name, line.job, line.job_id, line.line_number
