-- Task runs, for a star: one row per task within an execution, with the keys of its job, task, data
-- source and date. A task that nothing places has the data source -1.
SELECT execution.execution_key,
       execution.job_key,
       task_run.transfer_task_key,
       coalesce(transfer_task.data_source_key, -1) AS data_source_key,
       coalesce(calendar_day.date_key, -1) AS date_key,
       task_run.outcome,
       CASE WHEN task_run.outcome = 'succeeded' THEN 1 ELSE 0 END AS is_succeeded,
       CASE WHEN task_run.outcome = 'failed' THEN 1 ELSE 0 END AS is_failed,
       task_run.started_at AS started_at_utc,
       task_run.ended_at AS ended_at_utc,
       task_run.duration_ms / 1000.0 AS duration_seconds,
       task_run.last_succeeded_at AS last_succeeded_at_utc,
       task_run.attempts,
       task_run.row_count,
       task_run.error_message,
       task_run.attributed_by,
       task_run.rule,
       task_run.kind,
       task_run.completed_at AS completed_at_utc,
       execution.created_at AS created_at_utc,
       execution.changed_at AS changed_at_utc
FROM task_run
JOIN execution ON execution.execution_key = task_run.execution_key
JOIN transfer_task ON transfer_task.transfer_task_key = task_run.transfer_task_key
LEFT JOIN calendar_day ON calendar_day.date = execution.created_on
