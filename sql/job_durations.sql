-- How long did each job take, day by day in the reporting time zone, and how often did it
-- complete and fail? A run that did neither is open, lost, abandoned or of another state.
WITH by_day AS (
    SELECT job_key,
           created_on AS day,
           count(*) AS runs,
           count(*) FILTER (WHERE state = 'completed') AS completed,
           count(*) FILTER (WHERE state = 'failed') AS failed,
           round(cast(min(duration_ms) / 1000.0 AS numeric), 3) AS min_seconds,
           round(cast(avg(duration_ms) / 1000.0 AS numeric), 3) AS avg_seconds,
           round(cast(max(duration_ms) / 1000.0 AS numeric), 3) AS max_seconds
    FROM execution
    GROUP BY job_key, created_on
)
SELECT organisation.name AS organisation,
       job.name AS job,
       job.job_id,
       by_day.day,
       by_day.runs,
       by_day.completed,
       by_day.failed,
       by_day.min_seconds,
       by_day.avg_seconds,
       by_day.max_seconds
FROM by_day
JOIN job ON job.job_key = by_day.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
ORDER BY by_day.day DESC, organisation.name, job.name, by_day.job_key
