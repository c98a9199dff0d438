-- Which kinds of error are there, since when, how often, and in how many jobs? The kinds of message that
-- a rule takes for a failure, the last seen first.
WITH hit AS (
    SELECT organisation_key, shape_key, count(*) AS jobs
    FROM message_shape_job
    GROUP BY organisation_key, shape_key
)
SELECT organisation.name AS organisation,
       shape.mask AS message,
       shape.line_count,
       hit.jobs,
       shape.first_seen_at AS first_seen_at_utc,
       shape.last_seen_at AS last_seen_at_utc,
       shape.rule,
       shape.example,
       shape.shape_key
FROM message_shape shape
JOIN organisation ON organisation.organisation_key = shape.organisation_key
JOIN hit ON hit.organisation_key = shape.organisation_key AND hit.shape_key = shape.shape_key
WHERE shape.outcome = 'failed'
ORDER BY shape.last_seen_at DESC, shape.shape_key
