-- Which tasks failed within each execution, in their order, and with what? Newest executions first;
-- place 1 is the failure that came first.
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       execution.execution_id,
       execution.created_at AS created_at_utc,
       row_number() OVER (PARTITION BY execution.execution_key
           ORDER BY coalesce(r.ended_at, r.heard_at) NULLS LAST, r.transfer_task_key) AS place,
       data_source.name AS data_source,
       transfer_task.name AS transfer_task,
       r.kind,
       r.started_at AS started_at_utc,
       r.ended_at AS ended_at_utc,
       r.attempts,
       r.error_line AS error_message
FROM task_run r
JOIN execution ON execution.execution_key = r.execution_key
JOIN job ON job.job_key = {leading execution.job_key}
JOIN organisation ON organisation.organisation_key = job.organisation_key
JOIN transfer_task ON transfer_task.transfer_task_key = r.transfer_task_key
LEFT JOIN data_source ON data_source.data_source_key = transfer_task.data_source_key
WHERE r.outcome = 'failed'
ORDER BY execution.created_at DESC, execution.execution_key DESC, place
