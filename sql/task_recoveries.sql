-- How long did each failing streak of a task last, from its first failure to the next success? Those
-- of the last 90 days, after the first success of the task within them, so that each streak is whole.
-- median_hours is over the streaks of the task. A streak that goes on is in failing_tasks.
-- uses: newest_executions
WITH task AS MATERIALIZED (
    SELECT t.transfer_task_key,
           (SELECT min(s.last_succeeded_at) FROM task_run s
            WHERE s.transfer_task_key = t.transfer_task_key AND s.kind <> 'execution package'
              AND s.last_succeeded_at > {before {utc newest.created_at_utc}, 2160}) AS since
    FROM newest_executions newest
    JOIN transfer_task t ON t.organisation_key = newest.organisation_key
),
failure AS (
    SELECT r.transfer_task_key, r.heard_at,
           (SELECT min(s.last_succeeded_at) FROM task_run s
            WHERE s.transfer_task_key = r.transfer_task_key AND s.kind <> 'execution package'
              AND s.last_succeeded_at > r.heard_at) AS recovered_at
    FROM task
    JOIN task_run r ON r.transfer_task_key = task.transfer_task_key
        AND r.kind <> 'execution package' AND r.outcome = 'failed' AND r.heard_at > task.since
),
streak AS (
    SELECT transfer_task_key, recovered_at, min(heard_at) AS failing_since, count(*) AS failed_runs,
           {micros recovered_at} - {micros min(heard_at)} AS micros
    FROM failure
    WHERE recovered_at IS NOT NULL
    GROUP BY transfer_task_key, recovered_at
),
placed AS (
    SELECT streak.*,
           row_number() OVER (PARTITION BY transfer_task_key ORDER BY micros) AS place,
           count(*) OVER (PARTITION BY transfer_task_key) AS streaks
    FROM streak
),
judged AS (
    SELECT placed.*,
           max(CASE WHEN place = (streaks + 1) / 2 THEN micros END)
               OVER (PARTITION BY transfer_task_key) AS median
    FROM placed
)
SELECT organisation.name AS organisation,
       data_source.name AS data_source,
       task.name AS transfer_task,
       judged.failing_since AS failing_since_utc,
       judged.recovered_at AS recovered_at_utc,
       judged.failed_runs,
       round(cast(judged.micros / 3600000000.0 AS numeric), 2) AS hours,
       judged.streaks,
       round(cast(judged.median / 3600000000.0 AS numeric), 2) AS median_hours,
       judged.transfer_task_key
FROM judged
JOIN transfer_task task ON task.transfer_task_key = judged.transfer_task_key
JOIN organisation ON organisation.organisation_key = task.organisation_key
LEFT JOIN data_source ON data_source.data_source_key = task.data_source_key
ORDER BY judged.recovered_at DESC, organisation.name, task.name, judged.transfer_task_key
