-- Transfer tasks, for a star: one row per task name within a data source, and -1 for none.
SELECT transfer_task.transfer_task_key,
       transfer_task.name AS transfer_task,
       coalesce(transfer_task.data_source_key, -1) AS data_source_key,
       coalesce(data_source.name, '(unknown)') AS data_source,
       organisation.name AS organisation
FROM transfer_task
JOIN organisation ON organisation.organisation_key = transfer_task.organisation_key
LEFT JOIN data_source ON data_source.data_source_key = transfer_task.data_source_key
UNION ALL
SELECT -1, '(unknown)', -1, '(unknown)', '(unknown)'
