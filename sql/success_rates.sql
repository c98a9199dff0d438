-- How many runs of each job completed and failed in the last 24 hours, 7 days and 30 days? Counted
-- back from the newest execution of the organisation. The rate is of those that did either; the
-- others are open, lost, abandoned or of another state.
-- uses: newest_executions
WITH newest AS MATERIALIZED (
    SELECT organisation_key, {utc created_at_utc} AS created_at FROM newest_executions
),
period (period, days) AS (VALUES ('24 hours', 1), ('7 days', 7), ('30 days', 30)),
span AS MATERIALIZED (
    SELECT job.organisation_key, job.job_key, job.name, job.job_id, period.period, period.days,
           {before newest.created_at, period.days * 24} AS since,
           newest.created_at AS until
    FROM newest
    JOIN job ON job.organisation_key = newest.organisation_key
    CROSS JOIN period
    WHERE newest.created_at IS NOT NULL
),
counted AS (
    SELECT span.job_key, span.days,
           count(*) AS runs,
           count(*) FILTER (WHERE e.state = 'completed') AS completed,
           count(*) FILTER (WHERE e.state = 'failed') AS failed,
           count(e.trigger_id) AS api_runs
    FROM span
    JOIN execution e ON e.job_key = span.job_key
        AND e.created_at > span.since AND e.created_at <= span.until
    GROUP BY span.job_key, span.days
)
SELECT organisation.name AS organisation,
       span.name AS job,
       span.job_id,
       span.period,
       span.since AS since_utc,
       coalesce(counted.runs, 0) AS runs,
       coalesce(counted.completed, 0) AS completed,
       coalesce(counted.failed, 0) AS failed,
       round(cast(100.0 * counted.completed / nullif(counted.completed + counted.failed, 0)
                  AS numeric), 1) AS success_percent,
       coalesce(counted.api_runs, 0) AS api_runs
FROM span
JOIN organisation ON organisation.organisation_key = span.organisation_key
LEFT JOIN counted ON counted.job_key = span.job_key AND counted.days = span.days
ORDER BY organisation.name, span.name, span.job_id, span.days
