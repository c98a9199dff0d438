-- Task runs, for a star: one row per task within an execution, with the keys of its job, task, data
-- source and date. A task that nothing places has the data source -1. started_hour is the hour that
-- clocks of the reporting zone show when it starts.
SELECT execution.execution_key,
       execution.job_key,
       transfer_task.organisation_key,
       task_run.transfer_task_key,
       transfer_task.source_or_unknown_key AS data_source_key,
       {day execution.date_key} AS date_key,
       task_run.outcome,
       task_run.is_succeeded,
       task_run.is_failed,
       task_run.started_at AS started_at_utc,
       task_run.ended_at AS ended_at_utc,
       task_run.duration_seconds,
       task_run.last_succeeded_at AS last_succeeded_at_utc,
       task_run.attempts,
       task_run.row_count,
       task_run.error_message,
       task_run.error_line,
       task_run.error_code,
       task_run.attributed_by,
       task_run.rule,
       task_run.kind,
       task_run.completed_at AS completed_at_utc,
       task_run.heard_at AS heard_at_utc,
       execution.created_at AS created_at_utc,
       execution.changed_at AS changed_at_utc,
       task_run.started_at_local,
       task_run.started_hour
FROM task_run
JOIN execution ON execution.execution_key = task_run.execution_key
JOIN transfer_task ON transfer_task.transfer_task_key = task_run.transfer_task_key
{calendar execution.date_key}
