-- Kinds of message, for a star: one row per kind, and -1 for lines without one. What an
-- organisation logged is shown as an example only where no other logs the same kind.
-- Through ODBC a column has a type where each part of the union takes it from a table or a cast.
WITH shared AS (
    SELECT shape_key,
           CAST(sum(line_count) AS BIGINT) AS line_count,
           CAST(max(worst_severity) AS BIGINT) AS worst_severity
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
SELECT message_template.template_key, shared.shape_key, first.mask, '(several)', first.first_seen_at,
       last.last_seen_at, shared.line_count, shared.worst_severity, NULL, NULL, NULL
FROM shared
JOIN message_template ON message_template.shape_key = shared.shape_key
JOIN message_shape first ON first.shape_key = shared.shape_key AND first.organisation_key =
    (SELECT each.organisation_key FROM organisation
     JOIN message_shape each ON each.organisation_key = organisation.organisation_key
         AND each.shape_key = shared.shape_key
     ORDER BY each.first_seen_at, each.organisation_key LIMIT 1)
JOIN message_shape last ON last.shape_key = shared.shape_key AND last.organisation_key =
    (SELECT each.organisation_key FROM organisation
     JOIN message_shape each ON each.organisation_key = organisation.organisation_key
         AND each.shape_key = shared.shape_key
     ORDER BY each.last_seen_at DESC, each.organisation_key LIMIT 1)
UNION ALL
SELECT unknown_key, unknown_key, name, name, no_moment, no_moment, zero, zero, no_text, no_text, no_text
FROM unknown_row
