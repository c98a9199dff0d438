-- What did each job's last failed execution log, line by line?
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       execution.execution_id,
       execution.created_at AS created_at_utc,
       log.logged_at AS logged_at_utc,
       log.severity,
       log.message
FROM job
JOIN organisation ON organisation.organisation_key = job.organisation_key
JOIN execution ON execution.execution_key =
    (SELECT e.execution_key FROM execution e
     WHERE e.job_key = job.job_key AND e.state = 'failed'
       AND (e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after)
     ORDER BY e.created_at DESC, e.execution_key DESC LIMIT 1)
JOIN execution_log log ON log.execution_key = execution.execution_key
ORDER BY organisation.name, job.name, job.job_key, log.line_number
