-- A kind of message counts the log lines that are of it, per job and as a whole.
-- repair: UPDATE message_shape_job SET line_count = (SELECT count(*) FROM execution_log l JOIN execution e ON e.execution_key = l.execution_key WHERE e.job_key = message_shape_job.job_key AND l.shape_key = message_shape_job.shape_key); UPDATE message_shape SET line_count = (SELECT coalesce(sum(j.line_count), 0) FROM message_shape_job j WHERE j.organisation_key = message_shape.organisation_key AND j.shape_key = message_shape.shape_key)
WITH counted AS (
    SELECT job.organisation_key, l.shape_key, e.job_key, count(*) AS lines
    FROM execution_log l
    JOIN execution e ON e.execution_key = l.execution_key
    JOIN job ON job.job_key = e.job_key
    WHERE l.shape_key IS NOT NULL
    GROUP BY job.organisation_key, l.shape_key, e.job_key
),
per_job AS (
    SELECT organisation_key, shape_key, job_key, line_count, 0 AS lines FROM message_shape_job
    UNION ALL
    SELECT organisation_key, shape_key, job_key, 0, lines FROM counted
),
as_a_whole AS (
    SELECT organisation_key, shape_key, line_count, 0 AS lines FROM message_shape
    UNION ALL
    SELECT organisation_key, shape_key, 0, lines FROM counted
)
SELECT organisation_key, shape_key, job_key, sum(line_count) AS line_count, sum(lines) AS lines
FROM per_job
GROUP BY organisation_key, shape_key, job_key
HAVING sum(line_count) <> sum(lines)
UNION ALL
SELECT organisation_key, shape_key, NULL, sum(line_count), sum(lines)
FROM as_a_whole
GROUP BY organisation_key, shape_key
HAVING sum(line_count) <> sum(lines)
