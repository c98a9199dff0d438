-- How long does a run of each job usually take, was the last one slow, and is the job getting slower?
-- Usual is what the 60 completed runs before the last one took, at least 10: their median, and the
-- duration that 95 of 100 stay within. The last run is slow when it took longer than that and than
-- 1.2 medians. A job is getting slower when the median of its last 10 runs is more than 1.2 times
-- that of at least 10 before them.
WITH since AS MATERIALIZED (
    SELECT job.job_key,
           coalesce((SELECT e.created_at FROM execution e
                     WHERE e.job_key = job.job_key
                       AND e.state = 'completed' AND e.duration_ms IS NOT NULL
                     ORDER BY e.created_at DESC LIMIT 1 OFFSET 60),
                    '0001-01-01 00:00:00.000000') AS created_at
    FROM job
),
run AS MATERIALIZED (
    SELECT e.job_key, e.execution_id, e.created_at, e.duration_ms,
           row_number() OVER (PARTITION BY e.job_key
               ORDER BY e.created_at DESC, e.execution_key DESC) AS recency
    FROM since
    JOIN execution e ON e.job_key = since.job_key AND e.created_at >= since.created_at
    WHERE e.state = 'completed' AND e.duration_ms IS NOT NULL
),
ranked AS (
    SELECT job_key, recency, duration_ms, 'usual' AS part FROM run WHERE recency BETWEEN 2 AND 61
    UNION ALL
    SELECT job_key, recency, duration_ms, 'recent' FROM run WHERE recency <= 10
    UNION ALL
    SELECT job_key, recency, duration_ms, 'earlier' FROM run WHERE recency BETWEEN 11 AND 61
),
placed AS (
    SELECT job_key, part, duration_ms,
           row_number() OVER (PARTITION BY job_key, part ORDER BY duration_ms) AS place,
           count(*) OVER (PARTITION BY job_key, part) AS runs
    FROM ranked
),
middle AS (
    SELECT job_key, part, max(runs) AS runs,
           max(CASE WHEN place = (runs + 1) / 2 THEN duration_ms END) / 1000.0 AS median,
           max(CASE WHEN place = (95 * runs + 99) / 100 THEN duration_ms END) / 1000.0 AS p95
    FROM placed
    GROUP BY job_key, part
)
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       usual.runs,
       round(cast(usual.median AS numeric), 3) AS median_seconds,
       round(cast(usual.p95 AS numeric), 3) AS p95_seconds,
       run.execution_id,
       run.created_at AS created_at_utc,
       round(cast(run.duration_ms / 1000.0 AS numeric), 3) AS last_seconds,
       CASE WHEN run.duration_ms / 1000.0 > usual.p95
             AND run.duration_ms / 1000.0 > 1.2 * usual.median THEN 1 ELSE 0 END AS is_slow,
       round(cast(recent.median AS numeric), 3) AS recent_median_seconds,
       CASE WHEN earlier.runs >= 10 AND recent.median > 1.2 * earlier.median
            THEN 1 ELSE 0 END AS is_getting_slower
FROM middle usual
JOIN job ON job.job_key = usual.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
JOIN run ON run.job_key = usual.job_key AND run.recency = 1
JOIN middle recent ON recent.job_key = usual.job_key AND recent.part = 'recent'
LEFT JOIN middle earlier ON earlier.job_key = usual.job_key AND earlier.part = 'earlier'
WHERE usual.part = 'usual' AND usual.runs >= 10
ORDER BY is_slow DESC, is_getting_slower DESC, organisation.name, job.name, job.job_id
