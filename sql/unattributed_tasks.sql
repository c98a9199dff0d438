-- Which transfer tasks belong to no data source that anything names, and how often do they run?
-- Execution packages load none and are left out.
SELECT organisation.name AS organisation,
       transfer_task.name AS transfer_task,
       count(*) AS runs,
       max(task_run.heard_at) AS last_run_at_utc,
       min(task_run.attributed_by) AS attributed_by
FROM transfer_task
JOIN organisation ON organisation.organisation_key = transfer_task.organisation_key
JOIN task_run ON task_run.transfer_task_key = transfer_task.transfer_task_key
    AND task_run.kind <> 'execution package'
WHERE transfer_task.data_source_key IS NULL
GROUP BY organisation.name, transfer_task.name, transfer_task.transfer_task_key
ORDER BY runs DESC, organisation.name, transfer_task.name
