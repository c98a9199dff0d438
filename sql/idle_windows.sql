-- When did nothing run? The longest span without any execution on each of the last 14 days: room for
-- maintenance. It is of the day on which the next execution ended it, by the reporting time zone, so
-- a span that goes on is not told yet. What is lost or abandoned, or has no duration that is
-- believed, is left out.
-- uses: newest_executions
WITH newest AS MATERIALIZED (
    SELECT organisation_key, {utc created_at_utc} AS created_at FROM newest_executions
),
-- a week more, so that the first of these days knows what ran before
run AS MATERIALIZED (
    SELECT newest.organisation_key, e.execution_key, job.name, job.job_id, e.created_on,
           e.created_at, e.created_at_local,
           coalesce(e.ended_at, '9999-12-30 00:00:00.000000') AS ended_at
    FROM newest
    JOIN job ON job.organisation_key = newest.organisation_key
    JOIN execution e ON e.job_key = job.job_key
        AND e.created_at > {before newest.created_at, 528}
        AND e.created_at <= newest.created_at
    WHERE e.duration_ms IS NOT NULL
       OR (e.ended_at IS NULL AND e.lost_since IS NULL AND e.abandoned_since IS NULL)
),
follows AS (
    SELECT run.*,
           max(created_on) OVER (PARTITION BY organisation_key) AS today,
           max(ended_at) OVER (PARTITION BY organisation_key ORDER BY created_at, execution_key
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS idle_since
    FROM run
),
idle AS (
    SELECT follows.*, {micros created_at} - {micros idle_since} AS micros
    FROM follows
    WHERE idle_since < created_at AND {days today, created_on} < 14
),
placed AS (
    SELECT idle.*,
           row_number() OVER (PARTITION BY organisation_key, created_on
                              ORDER BY micros DESC, created_at, execution_key) AS place
    FROM idle
)
SELECT organisation.name AS organisation,
       placed.created_on AS day,
       placed.idle_since AS idle_since_utc,
       placed.created_at AS idle_until_utc,
       placed.created_at_local AS idle_until_local,
       round(cast(placed.micros / 3600000000.0 AS numeric), 2) AS hours,
       placed.name AS job,
       placed.job_id
FROM placed
JOIN organisation ON organisation.organisation_key = placed.organisation_key
WHERE placed.place = 1
ORDER BY organisation.name, placed.created_on DESC
