-- How long do the runs of each job wait before their first line is logged? Of the last 60 executions
-- that have lines: half of them wait at most median_seconds, and 95 of 100 at most p95_seconds. A
-- first line that is logged before the execution began, or at a moment that is not believed, is left
-- out, and so is an execution that is dated ahead of the clock.
WITH since AS MATERIALIZED (
    SELECT job.job_key,
           coalesce((SELECT e.created_at FROM execution e
                     WHERE e.job_key = job.job_key AND e.log_count > 0
                       AND e.logs_pruned_at IS NULL
                       AND (e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after)
                     ORDER BY e.created_at DESC LIMIT 1 OFFSET 59),
                    '0001-01-01 00:00:00.000000') AS created_at
    FROM job
),
begun AS MATERIALIZED (
    SELECT e.job_key, e.execution_key, e.execution_id, e.created_at, e.doubtful_after,
           row_number() OVER (PARTITION BY e.job_key
               ORDER BY e.created_at DESC, e.execution_key DESC) AS recency
    FROM since
    JOIN execution e ON e.job_key = since.job_key AND e.created_at >= since.created_at
    WHERE e.log_count > 0 AND e.logs_pruned_at IS NULL
      AND (e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after)
),
-- joined, not asked for each execution, and materialized: lines may come from several nodes of Citus.
-- BETWEEN and + 0, as in new_errors: so PostgreSQL goes from each execution to its lines.
first_line AS MATERIALIZED (
    SELECT begun.execution_key, min(execution_log.logged_at) AS logged_at
    FROM begun
    JOIN execution_log ON execution_log.execution_key
        BETWEEN begun.execution_key + 0 AND begun.execution_key + 0
    WHERE begun.recency <= 60
    GROUP BY begun.execution_key
),
wait AS (
    SELECT begun.job_key, begun.execution_key, begun.execution_id, begun.created_at,
           {micros first_line.logged_at} - {micros begun.created_at} AS micros
    FROM begun
    JOIN first_line ON first_line.execution_key = begun.execution_key
    WHERE first_line.logged_at >= begun.created_at
      AND (begun.doubtful_after IS NULL OR first_line.logged_at <= begun.doubtful_after)
),
placed AS (
    SELECT wait.*,
           row_number() OVER (PARTITION BY job_key ORDER BY micros) AS place,
           count(*) OVER (PARTITION BY job_key) AS runs,
           row_number() OVER (PARTITION BY job_key
               ORDER BY created_at DESC, execution_key DESC) AS recency
    FROM wait
),
middle AS (
    SELECT job_key, max(runs) AS runs,
           max(CASE WHEN place = (runs + 1) / 2 THEN micros END) / 1000000.0 AS median,
           max(CASE WHEN place = (95 * runs + 99) / 100 THEN micros END) / 1000000.0 AS p95,
           max(micros) / 1000000.0 AS longest
    FROM placed
    GROUP BY job_key
)
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       middle.runs,
       round(cast(middle.median AS numeric), 3) AS median_seconds,
       round(cast(middle.p95 AS numeric), 3) AS p95_seconds,
       round(cast(middle.longest AS numeric), 3) AS max_seconds,
       newest.execution_id,
       newest.created_at AS created_at_utc,
       round(cast(newest.micros / 1000000.0 AS numeric), 3) AS last_seconds
FROM middle
JOIN placed newest ON newest.job_key = middle.job_key AND newest.recency = 1
JOIN job ON job.job_key = middle.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
ORDER BY organisation.name, job.name, job.job_id
