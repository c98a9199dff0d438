-- Which transfer tasks began in their last run without an end, though an earlier run told one? The
-- execution completed, so the end was told in words that no rule knows, or not at all.
-- uses: task_activity
SELECT activity.organisation,
       activity.data_source,
       activity.transfer_task,
       job.name AS job,
       job.job_id,
       execution.execution_id,
       activity.last_run_at_utc,
       activity.last_success_at_utc,
       activity.last_failed_at_utc,
       activity.transfer_task_key
FROM task_activity activity
JOIN execution ON execution.state = 'completed' AND execution.execution_key =
    (SELECT max(r.execution_key) FROM task_run r
     WHERE r.transfer_task_key = activity.transfer_task_key
       AND r.kind <> 'execution package' AND r.heard_at = {utc activity.last_run_at_utc})
JOIN job ON job.job_key = execution.job_key
WHERE activity.last_outcome = 'started' AND activity.success_basis = 'task'
ORDER BY activity.organisation, activity.transfer_task, activity.transfer_task_key
