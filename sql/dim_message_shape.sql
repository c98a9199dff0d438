-- Kinds of message, for a star: one row per shape, and -1 for lines without one. What an
-- organisation logged is shown as an example only where no other logs the same shape.
-- Through ODBC the first and the last part of a union give each column its type.
WITH shared AS (
    SELECT shape_key,
           min(mask) AS mask,
           min(first_seen_at) AS first_seen_at,
           max(last_seen_at) AS last_seen_at,
           sum(line_count) AS line_count,
           max(worst_severity) AS worst_severity
    FROM message_shape
    GROUP BY shape_key
    HAVING count(*) > 1
)
SELECT message_template.template_key,
       shape.shape_key,
       shape.mask AS message,
       organisation.name AS organisation,
       shape.first_seen_at AS first_seen_at_utc,
       shape.last_seen_at AS last_seen_at_utc,
       shape.line_count,
       shape.worst_severity,
       shape.rule,
       shape.outcome,
       shape.example
FROM message_shape shape
JOIN organisation ON organisation.organisation_key = shape.organisation_key
JOIN message_template ON message_template.shape_key = shape.shape_key
WHERE shape.shape_key NOT IN (SELECT shape_key FROM shared)
UNION ALL
SELECT message_template.template_key, shared.shape_key, mask, '(several)', first_seen_at, last_seen_at,
       CAST(line_count AS BIGINT), worst_severity, NULL, NULL, NULL
FROM shared
JOIN message_template ON message_template.shape_key = shared.shape_key
UNION ALL
SELECT unknown_key, unknown_key, name, name, no_moment, no_moment, zero, zero, no_text, no_text, no_text
FROM unknown_row
