-- Every row that refers to another finds it. The constraints say so too, unless somebody dropped them.
-- repair: restore a backup; nothing that Tidemark writes breaks a reference
SELECT 'job' AS "table", c.job_key AS "row", 'organisation' AS refers_to
FROM job c WHERE NOT EXISTS (SELECT 1 FROM organisation p WHERE p.organisation_key = c.organisation_key)
UNION ALL
SELECT 'execution' AS "table", c.execution_key AS "row", 'job' AS refers_to
FROM execution c WHERE NOT EXISTS (SELECT 1 FROM job p WHERE p.job_key = c.job_key)
UNION ALL
SELECT 'data_source' AS "table", c.data_source_key AS "row", 'organisation' AS refers_to
FROM data_source c WHERE NOT EXISTS (SELECT 1 FROM organisation p WHERE p.organisation_key = c.organisation_key)
UNION ALL
SELECT 'transfer_task' AS "table", c.transfer_task_key AS "row", 'organisation' AS refers_to
FROM transfer_task c WHERE NOT EXISTS (SELECT 1 FROM organisation p WHERE p.organisation_key = c.organisation_key)
UNION ALL
SELECT 'transfer_task' AS "table", c.transfer_task_key AS "row", 'data_source' AS refers_to
FROM transfer_task c WHERE c.data_source_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM data_source p WHERE p.data_source_key = c.data_source_key)
UNION ALL
SELECT 'task_run' AS "table", c.execution_key AS "row", 'execution' AS refers_to
FROM task_run c WHERE NOT EXISTS (SELECT 1 FROM execution p WHERE p.execution_key = c.execution_key)
UNION ALL
SELECT 'task_run' AS "table", c.execution_key AS "row", 'transfer_task' AS refers_to
FROM task_run c WHERE NOT EXISTS (SELECT 1 FROM transfer_task p WHERE p.transfer_task_key = c.transfer_task_key)
UNION ALL
SELECT 'watermark' AS "table", c.job_key AS "row", 'job' AS refers_to
FROM watermark c WHERE NOT EXISTS (SELECT 1 FROM job p WHERE p.job_key = c.job_key)
UNION ALL
SELECT 'sync_run' AS "table", c.sync_run_key AS "row", 'organisation' AS refers_to
FROM sync_run c WHERE NOT EXISTS (SELECT 1 FROM organisation p WHERE p.organisation_key = c.organisation_key)
UNION ALL
SELECT 'sync_job' AS "table", c.sync_run_key AS "row", 'sync_run' AS refers_to
FROM sync_job c WHERE NOT EXISTS (SELECT 1 FROM sync_run p WHERE p.sync_run_key = c.sync_run_key)
UNION ALL
SELECT 'sync_job' AS "table", c.sync_run_key AS "row", 'job' AS refers_to
FROM sync_job c WHERE NOT EXISTS (SELECT 1 FROM job p WHERE p.job_key = c.job_key)
UNION ALL
SELECT 'rejected_record' AS "table", c.rejected_record_key AS "row", 'job' AS refers_to
FROM rejected_record c WHERE NOT EXISTS (SELECT 1 FROM job p WHERE p.job_key = c.job_key)
UNION ALL
SELECT 'rejected_record' AS "table", c.rejected_record_key AS "row", 'sync_run' AS refers_to
FROM rejected_record c WHERE NOT EXISTS (SELECT 1 FROM sync_run p WHERE p.sync_run_key = c.sync_run_key)
UNION ALL
SELECT 'history_gap' AS "table", c.job_key AS "row", 'job' AS refers_to
FROM history_gap c WHERE NOT EXISTS (SELECT 1 FROM job p WHERE p.job_key = c.job_key)
UNION ALL
SELECT 'history_gap' AS "table", c.job_key AS "row", 'sync_run' AS refers_to
FROM history_gap c WHERE NOT EXISTS (SELECT 1 FROM sync_run p WHERE p.sync_run_key = c.sync_run_key)
UNION ALL
SELECT 'prune_mark' AS "table", c.job_key AS "row", 'job' AS refers_to
FROM prune_mark c WHERE NOT EXISTS (SELECT 1 FROM job p WHERE p.job_key = c.job_key)
UNION ALL
SELECT 'job_day' AS "table", c.job_key AS "row", 'job' AS refers_to
FROM job_day c WHERE NOT EXISTS (SELECT 1 FROM job p WHERE p.job_key = c.job_key)
UNION ALL
SELECT 'task_day' AS "table", c.transfer_task_key AS "row", 'transfer_task' AS refers_to
FROM task_day c WHERE NOT EXISTS (SELECT 1 FROM transfer_task p WHERE p.transfer_task_key = c.transfer_task_key)
UNION ALL
SELECT 'source_day' AS "table", c.data_source_key AS "row", 'data_source' AS refers_to
FROM source_day c WHERE NOT EXISTS (SELECT 1 FROM data_source p WHERE p.data_source_key = c.data_source_key)
