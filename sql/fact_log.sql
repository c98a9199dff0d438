-- Log lines, for a star: one row per line, with the keys of its execution, job, date and message
-- shape. Large: filter it by created_at_utc, which is that of the execution.
SELECT execution_log.execution_key,
       execution.job_key,
       coalesce(calendar_day.date_key, -1) AS date_key,
       coalesce(execution_log.shape_key, -1) AS shape_key,
       execution_log.log_id,
       execution_log.line_number,
       execution_log.logged_at AS logged_at_utc,
       execution_log.severity,
       execution_log.message,
       execution.created_at AS created_at_utc,
       execution.changed_at AS changed_at_utc
FROM execution_log
JOIN execution ON execution.execution_key = execution_log.execution_key
LEFT JOIN calendar_day ON calendar_day.date = execution.created_on
