-- Moments have the one form 'YYYY-MM-DD HH:MM:SS.ffffff', in which the order of text is the order of time, and ids the
-- form of a guid in lower case.
-- repair: restore a backup, or write the values in that form
WITH moments AS (
    SELECT 'execution' AS "table", execution_key AS "row", created_at AS value FROM execution
    UNION ALL SELECT 'execution', execution_key, ended_at FROM execution
    UNION ALL SELECT 'execution', execution_key, first_seen_at FROM execution
    UNION ALL SELECT 'execution', execution_key, changed_at FROM execution
    UNION ALL SELECT 'execution', execution_key, lost_since FROM execution
    UNION ALL SELECT 'execution', execution_key, abandoned_since FROM execution
    UNION ALL SELECT 'execution_log', execution_key, logged_at FROM execution_log
    UNION ALL SELECT 'task_run', execution_key, started_at FROM task_run
    UNION ALL SELECT 'task_run', execution_key, ended_at FROM task_run
    UNION ALL SELECT 'task_run', execution_key, last_succeeded_at FROM task_run
    UNION ALL SELECT 'job', job_key, first_seen_at FROM job
    UNION ALL SELECT 'job', job_key, missing_since FROM job
    UNION ALL SELECT 'watermark', job_key, loaded_through FROM watermark
    UNION ALL SELECT 'watermark', job_key, read_through FROM watermark
    UNION ALL SELECT 'watermark', job_key, oldest_available_at FROM watermark
    UNION ALL SELECT 'sync_run', sync_run_key, started_at FROM sync_run
    UNION ALL SELECT 'sync_run', sync_run_key, ended_at FROM sync_run
    UNION ALL SELECT 'rejected_record', rejected_record_key, first_seen_at FROM rejected_record
    UNION ALL SELECT 'rejected_record', rejected_record_key, resolved_at FROM rejected_record
),
ids AS (
    SELECT 'execution' AS "table", execution_key AS "row", execution_id AS value FROM execution
    UNION ALL SELECT 'execution', execution_key, trigger_id FROM execution
    UNION ALL SELECT 'execution_log', execution_key, log_id FROM execution_log
    UNION ALL SELECT 'job', job_key, job_id FROM job
    UNION ALL SELECT 'rejected_record', rejected_record_key, execution_id FROM rejected_record
)
SELECT "table", "row", value
FROM moments
WHERE value IS NOT NULL
  AND (substr(value, 1, 19) IS NOT strftime('%Y-%m-%d %H:%M:%S', substr(value, 1, 19), '+0 days')
       OR substr(value, 20) NOT GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]')
UNION ALL
SELECT "table", "row", value
FROM ids
WHERE value IS NOT NULL
  AND (length(value) <> 36 OR value GLOB '*[^-0-9a-f]*' OR value NOT GLOB '????????-????-????-????-????????????')
