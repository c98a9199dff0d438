-- What changed in the day before the last sync, and what was it before? Jobs that are new or gone, jobs
-- and tasks whose last run ended otherwise than the last one before that day, and tasks that were never
-- heard of before.
WITH span AS MATERIALIZED (
    SELECT organisation_key,
           {before started_at, 24} AS since
    FROM sync_run
    WHERE sync_run_key IN (SELECT max(sync_run_key) FROM sync_run GROUP BY organisation_key)
),
-- by when they ended: what began the day before and failed this morning is news; that one may take
-- up to a week
job_runs AS MATERIALIZED (
    SELECT job.organisation_key, job.job_key, job.name, job.job_id, span.since,
           (SELECT e.execution_key FROM execution e
            WHERE e.job_key = job.job_key AND e.created_at > {before span.since, 168}
              AND coalesce(e.ended_at, e.created_at) > span.since
              AND e.state IN ('completed', 'failed')
              AND (e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after)
            ORDER BY e.created_at DESC, e.execution_key DESC LIMIT 1) AS now_key,
           (SELECT e.execution_key FROM execution e
            WHERE e.job_key = job.job_key AND e.created_at <= span.since
              AND coalesce(e.ended_at, e.created_at) <= span.since
              AND e.state IN ('completed', 'failed')
            ORDER BY e.created_at DESC, e.execution_key DESC LIMIT 1) AS before_key
    FROM job
    JOIN span ON span.organisation_key = job.organisation_key
),
task_runs AS MATERIALIZED (
    SELECT task.organisation_key, task.transfer_task_key, task.data_source_key, task.name, span.since,
           (SELECT max(r.heard_at) FROM task_run r
            WHERE r.transfer_task_key = task.transfer_task_key AND r.kind <> 'execution package'
              AND r.heard_at > span.since) AS now_at,
           (SELECT max(r.heard_at) FROM task_run r
            WHERE r.transfer_task_key = task.transfer_task_key AND r.kind <> 'execution package'
              AND r.heard_at <= span.since) AS before_at
    FROM transfer_task task
    JOIN span ON span.organisation_key = task.organisation_key
),
task_ends AS (
    SELECT task_runs.*,
           (SELECT r.outcome FROM task_run r
            WHERE r.transfer_task_key = task_runs.transfer_task_key
              AND r.kind <> 'execution package' AND r.heard_at = task_runs.now_at
            ORDER BY r.execution_key DESC LIMIT 1) AS now_outcome,
           (SELECT r.outcome FROM task_run r
            WHERE r.transfer_task_key = task_runs.transfer_task_key
              AND r.kind <> 'execution package' AND r.heard_at = task_runs.before_at
            ORDER BY r.execution_key DESC LIMIT 1) AS before_outcome
    FROM task_runs
    WHERE now_at IS NOT NULL
),
change AS (
    SELECT job.organisation_key, 'job' AS kind, job.name, cast(NULL AS text) AS before,
           'new' AS now, job.first_seen_at AS changed_at, job.job_id,
           cast(NULL AS bigint) AS data_source_key
    FROM job
    JOIN span ON span.organisation_key = job.organisation_key
    WHERE job.first_seen_at > span.since
    UNION ALL
    SELECT job.organisation_key, 'job', job.name, 'listed', 'missing', job.missing_since,
           job.job_id, NULL
    FROM job
    JOIN span ON span.organisation_key = job.organisation_key
    WHERE job.missing_since > span.since
    UNION ALL
    SELECT job_runs.organisation_key, 'job', job_runs.name, before_run.state, now_run.state,
           coalesce(now_run.ended_at, now_run.created_at), job_runs.job_id, NULL
    FROM job_runs
    JOIN execution now_run ON now_run.execution_key = job_runs.now_key
    JOIN execution before_run ON before_run.execution_key = job_runs.before_key
    WHERE now_run.state <> before_run.state
    UNION ALL
    SELECT organisation_key, 'task', name, before_outcome,
           CASE WHEN before_at IS NULL THEN 'new' ELSE now_outcome END, now_at, NULL,
           data_source_key
    FROM task_ends
    WHERE before_at IS NULL OR now_outcome <> before_outcome
)
SELECT organisation.name AS organisation,
       change.kind AS subject,
       change.name,
       change.before,
       change.now,
       change.changed_at AS moment_utc,
       change.job_id,
       data_source.name AS data_source
FROM change
JOIN organisation ON organisation.organisation_key = change.organisation_key
LEFT JOIN data_source ON data_source.data_source_key = change.data_source_key
ORDER BY organisation.name, change.changed_at DESC, change.kind, change.name, change.job_id,
         data_source.name
