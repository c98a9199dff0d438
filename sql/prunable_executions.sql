-- Which executions may 'tidemark prune' remove, once they are old enough? Those before their job's
-- watermark, without those that hold a task's newest success, failure or completion, or the last that
-- was heard of it: what says when a source was last loaded, and what would make up a success, stays.
WITH newest AS MATERIALIZED (
    SELECT t.transfer_task_key,
           (SELECT max(r.last_succeeded_at) FROM task_run r
            WHERE r.transfer_task_key = t.transfer_task_key
              AND r.kind <> 'execution package') AS succeeded_at,
           (SELECT max(r.completed_at) FROM task_run r
            WHERE r.transfer_task_key = t.transfer_task_key
              AND r.kind <> 'execution package' AND r.completed_at IS NOT NULL) AS completed_at,
           (SELECT max(r.heard_at) FROM task_run r
            WHERE r.transfer_task_key = t.transfer_task_key
              AND r.kind <> 'execution package') AS heard_at,
           (SELECT max(r.heard_at) FROM task_run r
            WHERE r.transfer_task_key = t.transfer_task_key
              AND r.kind <> 'execution package' AND r.outcome = 'failed') AS failed_at
    FROM transfer_task t
),
-- no index of these holds execution packages: theirs are sought among all runs, once
package AS (
    SELECT execution_key, last_succeeded_at, completed_at, heard_at,
           CASE WHEN outcome = 'failed' THEN heard_at END AS failed_at,
           max(last_succeeded_at) OVER task AS newest_success_at,
           max(completed_at) OVER task AS newest_completed_at,
           max(heard_at) OVER task AS newest_heard_at,
           max(CASE WHEN outcome = 'failed' THEN heard_at END) OVER task AS newest_failed_at
    FROM task_run
    WHERE kind = 'execution package'
    WINDOW task AS (PARTITION BY transfer_task_key)
),
kept AS MATERIALIZED (
    SELECT r.execution_key
    FROM newest
    JOIN task_run r ON r.transfer_task_key = newest.transfer_task_key
        AND r.kind <> 'execution package' AND r.last_succeeded_at = newest.succeeded_at
    UNION
    SELECT r.execution_key
    FROM newest
    JOIN task_run r ON r.transfer_task_key = newest.transfer_task_key
        AND r.kind <> 'execution package' AND r.completed_at IS NOT NULL
        AND r.completed_at = newest.completed_at
    UNION
    SELECT r.execution_key
    FROM newest
    JOIN task_run r ON r.transfer_task_key = newest.transfer_task_key
        AND r.kind <> 'execution package' AND r.heard_at = newest.heard_at
    UNION
    SELECT r.execution_key
    FROM newest
    JOIN task_run r ON r.transfer_task_key = newest.transfer_task_key
        AND r.kind <> 'execution package' AND r.outcome = 'failed' AND r.heard_at = newest.failed_at
    UNION
    SELECT execution_key
    FROM package
    WHERE last_succeeded_at = newest_success_at OR completed_at = newest_completed_at
       OR heard_at = newest_heard_at OR failed_at = newest_failed_at
)
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       execution.execution_id,
       execution.state,
       execution.created_at AS created_at_utc,
       execution.log_count,
       execution.logs_pruned_at AS logs_pruned_at_utc,
       (SELECT count(*) FROM task_run r WHERE r.execution_key = execution.execution_key) AS task_runs,
       watermark.loaded_through AS loaded_through_utc,
       coalesce(execution.source_timezone, organisation.source_timezone) AS source_timezone,
       job.job_key,
       execution.execution_key
FROM execution
JOIN job ON job.job_key = {leading execution.job_key}
JOIN organisation ON organisation.organisation_key = job.organisation_key
JOIN watermark ON watermark.job_key = job.job_key
LEFT JOIN kept ON kept.execution_key = execution.execution_key
WHERE kept.execution_key IS NULL AND execution.created_at < watermark.loaded_through
ORDER BY execution.execution_key
