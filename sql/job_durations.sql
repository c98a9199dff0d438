-- How long did each job take, day by day in the reporting time zone, and how often did it fail?
SELECT organisation.name AS organisation,
       job.name AS job,
       execution.created_on AS day,
       count(*) AS runs,
       count(*) FILTER (WHERE execution.state = 'failed') AS failed,
       round(cast(min(execution.duration_ms) / 1000.0 AS numeric), 3) AS min_seconds,
       round(cast(avg(execution.duration_ms) / 1000.0 AS numeric), 3) AS avg_seconds,
       round(cast(max(execution.duration_ms) / 1000.0 AS numeric), 3) AS max_seconds
FROM execution
JOIN job ON job.job_key = execution.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
GROUP BY organisation.name, job.name, job.job_key, execution.created_on
ORDER BY execution.created_on DESC, organisation.name, job.name, job.job_key
