-- Which transfer tasks fail now: have failed since their last success, whichever job ran them, how often
-- in a row, since when, and with what? Also those whose data source another task loads. How often a task
-- failed at all is in task_durations.
-- uses: task_activity
SELECT activity.organisation,
       activity.data_source,
       activity.transfer_task,
       activity.failed_runs,
       activity.failing_since_utc,
       activity.last_failed_at_utc,
       activity.last_success_at_utc,
       (SELECT r.error_line FROM task_run r
        WHERE r.transfer_task_key = activity.transfer_task_key
          AND r.kind <> 'execution package' AND r.outcome = 'failed'
        ORDER BY r.heard_at DESC, r.execution_key DESC LIMIT 1) AS last_error,
       activity.last_outcome,
       activity.transfer_task_key
FROM task_activity activity
WHERE activity.failed_runs > 0
ORDER BY activity.failed_runs DESC, activity.organisation, activity.transfer_task,
         activity.transfer_task_key
