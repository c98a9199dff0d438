-- A task is of the organisation whose job ran it, and of the organisation of its data source.
-- repair: restore a backup; nothing that Tidemark writes mixes organisations
SELECT 'task_run' AS "table", r.transfer_task_key, r.execution_key
FROM task_run r
JOIN transfer_task t ON t.transfer_task_key = r.transfer_task_key
JOIN execution e ON e.execution_key = r.execution_key
JOIN job j ON j.job_key = e.job_key
WHERE t.organisation_key <> j.organisation_key
UNION ALL
SELECT 'transfer_task' AS "table", t.transfer_task_key, NULL AS execution_key
FROM transfer_task t
JOIN data_source s ON s.data_source_key = t.data_source_key
WHERE t.organisation_key <> s.organisation_key
