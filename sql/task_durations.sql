-- How long did each transfer task take, day by day in the reporting time zone, how often did it run and
-- fail, and how many rows did it transfer?
WITH by_day AS (
    SELECT task_run.transfer_task_key,
           execution.created_on AS day,
           count(*) AS runs,
           count(*) FILTER (WHERE task_run.outcome = 'failed') AS failed,
           round(cast(min(task_run.duration_ms) / 1000.0 AS numeric), 3) AS min_seconds,
           round(cast(avg(task_run.duration_ms) / 1000.0 AS numeric), 3) AS avg_seconds,
           round(cast(max(task_run.duration_ms) / 1000.0 AS numeric), 3) AS max_seconds,
           -- more is no count of rows, and could not be summed up
           sum(task_run.row_count) FILTER (WHERE task_run.row_count < 1000000000000000) AS row_count
    FROM execution
    JOIN task_run ON task_run.execution_key = execution.execution_key
    GROUP BY task_run.transfer_task_key, execution.created_on
)
SELECT organisation.name AS organisation,
       data_source.name AS data_source,
       transfer_task.name AS transfer_task,
       by_day.day,
       by_day.runs,
       by_day.failed,
       by_day.min_seconds,
       by_day.avg_seconds,
       by_day.max_seconds,
       by_day.row_count
FROM by_day
JOIN transfer_task ON transfer_task.transfer_task_key = by_day.transfer_task_key
JOIN organisation ON organisation.organisation_key = transfer_task.organisation_key
LEFT JOIN data_source ON data_source.data_source_key = transfer_task.data_source_key
ORDER BY by_day.day DESC, organisation.name, data_source.name NULLS FIRST,
         transfer_task.name, by_day.transfer_task_key
