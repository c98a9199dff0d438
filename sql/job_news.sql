-- Which jobs have ended executions that came since the last sync but one that was complete, the
-- first of them when, and when did the last three executions before that begin?
-- uses: previous_syncs
WITH previous AS (
    SELECT organisation_key, {utc started_at_utc} AS started_at FROM previous_syncs
),
came AS (
    SELECT job.organisation_key, job.job_key, min(execution.created_at) AS since
    FROM previous
    JOIN execution ON execution.changed_at > previous.started_at
        AND execution.ended_at IS NOT NULL
        AND (execution.first_seen_at > previous.started_at
             OR execution.ended_at > previous.started_at)
    JOIN job ON job.job_key = +execution.job_key -- so that the changed ones are looked up first
        AND job.organisation_key = previous.organisation_key
    GROUP BY job.organisation_key, job.job_key
)
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       came.since AS since_utc,
       (SELECT min(three.created_at)
        FROM (SELECT execution.created_at FROM execution
              WHERE execution.job_key = came.job_key AND execution.created_at < came.since
              ORDER BY execution.created_at DESC LIMIT 3) three) AS before_utc,
       came.job_key,
       came.organisation_key
FROM came
JOIN job ON job.job_key = came.job_key
JOIN organisation ON organisation.organisation_key = came.organisation_key
ORDER BY organisation.name, job.name, job.job_id
