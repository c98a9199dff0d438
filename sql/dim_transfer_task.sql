-- Transfer tasks, for a star: one row per task name within a data source, and -1 for none.
-- uses: dim_data_source
SELECT transfer_task.transfer_task_key,
       transfer_task.name AS transfer_task,
       transfer_task.source_or_unknown_key AS data_source_key,
       dim_data_source.data_source,
       organisation.name AS organisation,
       transfer_task.organisation_key
FROM transfer_task
JOIN organisation ON organisation.organisation_key = transfer_task.organisation_key
JOIN dim_data_source ON dim_data_source.data_source_key = transfer_task.source_or_unknown_key
UNION ALL
SELECT unknown_key, name, unknown_key, name, name, unknown_key FROM unknown_row
