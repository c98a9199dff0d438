-- How long did each transfer task take, day by day in the reporting time zone, and how often did it
-- fail?
SELECT organisation.name AS organisation,
       data_source.name AS data_source,
       transfer_task.name AS transfer_task,
       execution.created_on AS day,
       count(*) AS runs,
       count(*) FILTER (WHERE task_run.outcome = 'failed') AS failed,
       round(cast(min(task_run.duration_ms) / 1000.0 AS numeric), 3) AS min_seconds,
       round(cast(avg(task_run.duration_ms) / 1000.0 AS numeric), 3) AS avg_seconds,
       round(cast(max(task_run.duration_ms) / 1000.0 AS numeric), 3) AS max_seconds,
       sum(task_run.row_count) AS row_count
FROM task_run
JOIN execution ON execution.execution_key = task_run.execution_key
JOIN transfer_task ON transfer_task.transfer_task_key = task_run.transfer_task_key
JOIN organisation ON organisation.organisation_key = transfer_task.organisation_key
LEFT JOIN data_source ON data_source.data_source_key = transfer_task.data_source_key
GROUP BY organisation.name, data_source.name, transfer_task.name, transfer_task.transfer_task_key,
         execution.created_on
ORDER BY execution.created_on DESC, organisation.name, data_source.name, transfer_task.name,
         transfer_task.transfer_task_key
