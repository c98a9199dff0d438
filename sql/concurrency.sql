-- How many executions touched each quarter of an hour of the last 7 days before the newest one of these
-- began, and how many of them began in it? Moments count to the second. Two that ran one after the other
-- within it are two. One that still runs counts; a quarter in which nothing ran has no row. What is lost
-- or abandoned, or has no duration that is believed, is left out.
-- uses: newest_executions
WITH RECURSIVE newest AS MATERIALIZED (
    SELECT organisation_key, {utc created_at_utc} AS created_at FROM newest_executions
),
-- in seconds since 1970; what began a day before the seven may still run in them
run AS MATERIALIZED (
    SELECT newest.organisation_key,
           {epoch e.created_at} AS began,
           e.duration_ms / 1000 AS seconds
    FROM newest
    JOIN job ON job.organisation_key = newest.organisation_key
    JOIN execution e ON e.job_key = job.job_key
        AND e.created_at > {before newest.created_at, 192}
        AND e.created_at <= newest.created_at
    WHERE e.duration_ms IS NOT NULL
       OR (e.ended_at IS NULL AND e.lost_since IS NULL AND e.abandoned_since IS NULL)
),
quarter (organisation_key, number, first, last) AS (
    SELECT organisation_key, min(began) / 900, max(began) / 900 - 672, max(began) / 900
    FROM run
    GROUP BY organisation_key
    UNION ALL
    SELECT organisation_key, number + 1, first, last FROM quarter WHERE number < last
),
event AS (
    SELECT organisation_key, number, 0 AS starts, 0 AS ends FROM quarter
    UNION ALL
    SELECT organisation_key, began / 900, 1, 0 FROM run
    UNION ALL
    SELECT organisation_key, (began + seconds) / 900, 0, 1 FROM run WHERE seconds IS NOT NULL
),
summed AS (
    SELECT organisation_key, number, sum(starts) AS starts, sum(ends) AS ends
    FROM event
    GROUP BY organisation_key, number
),
counted AS (
    SELECT organisation_key, number, starts,
           sum(starts) OVER (PARTITION BY organisation_key ORDER BY number)
           - coalesce(sum(ends) OVER (PARTITION BY organisation_key ORDER BY number
                 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS runs
    FROM summed
)
SELECT organisation.name AS organisation,
       {at counted.number * 900} AS quarter_utc,
       cast(counted.runs AS bigint) AS runs,
       cast(counted.starts AS bigint) AS starts
FROM counted
JOIN quarter ON quarter.organisation_key = counted.organisation_key
    AND quarter.number = counted.number AND quarter.number > quarter.first
JOIN organisation ON organisation.organisation_key = counted.organisation_key
WHERE counted.runs > 0
ORDER BY organisation.name, counted.number
