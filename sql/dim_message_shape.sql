-- Kinds of message, for a star: one row per shape, and -1 for lines without one. A shape that
-- several organisations log is one row, with the example of the first of them.
WITH total AS (
    SELECT shape_key,
           min(organisation_key) AS organisation_key,
           count(*) AS organisations,
           min(first_seen_at) AS first_seen_at,
           max(last_seen_at) AS last_seen_at,
           sum(line_count) AS line_count,
           max(worst_severity) AS worst_severity
    FROM message_shape
    GROUP BY shape_key
)
SELECT total.shape_key,
       shape.mask AS message,
       CASE WHEN total.organisations = 1 THEN organisation.name ELSE '(several)' END
           AS organisation,
       total.first_seen_at AS first_seen_at_utc,
       total.last_seen_at AS last_seen_at_utc,
       CAST(total.line_count AS BIGINT) AS line_count,
       total.worst_severity,
       shape.rule,
       shape.outcome,
       shape.example
FROM total
JOIN message_shape shape ON shape.organisation_key = total.organisation_key
    AND shape.shape_key = total.shape_key
JOIN organisation ON organisation.organisation_key = total.organisation_key
UNION ALL
SELECT -1, '(unknown)', '(unknown)', NULL, NULL, 0, NULL, NULL, NULL, NULL
