-- Log lines, for a star: one row per line, with the keys of its execution, job, date and kind of
-- message. Large: filter it by created_at_utc, which is that of the execution.
SELECT execution.execution_key,
       execution.job_key,
       job.organisation_key,
       {day execution.date_key} AS date_key,
       message_template.template_key,
       execution_log.log_id,
       execution_log.line_number,
       execution_log.logged_at AS logged_at_utc,
       execution_log.severity,
       execution_log.message,
       execution.created_at AS created_at_utc,
       execution.changed_at AS changed_at_utc
FROM execution
JOIN job ON job.job_key = {leading execution.job_key}
JOIN execution_log ON execution_log.execution_key = {leading execution.execution_key}
{calendar execution.date_key}
-- a join that loses no line, should a kind have no key
LEFT JOIN message_template ON message_template.shape_key = coalesce(execution_log.shape_key, 0)
