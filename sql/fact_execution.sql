-- Executions, for a star: one row per execution. Its date is the local day of its creation;
-- created_at_utc never changes and changed_at_utc moves with every change, as incremental refresh
-- wants them.
SELECT execution_key,
       job_key,
       coalesce(calendar_day.date_key, -1) AS date_key,
       execution_id,
       state,
       state_code,
       CASE WHEN state = 'completed' THEN 1 ELSE 0 END AS is_completed,
       CASE WHEN state = 'failed' THEN 1 ELSE 0 END AS is_failed,
       CASE WHEN ended_at IS NULL OR state = 'running' THEN 1 ELSE 0 END AS is_open,
       CASE WHEN trigger_id IS NULL THEN 0 ELSE 1 END AS is_api_triggered,
       created_at AS created_at_utc,
       ended_at AS ended_at_utc,
       duration_ms / 1000.0 AS duration_seconds,
       log_count,
       lost_since AS lost_since_utc,
       abandoned_since AS abandoned_since_utc,
       changed_at AS changed_at_utc
FROM execution
LEFT JOIN calendar_day ON calendar_day.date = execution.created_on
