-- Which kinds of message did no rule know when they were loaded, most frequent first?
SELECT organisation.name AS organisation,
       shape.line_count,
       shape.mask AS message,
       shape.example,
       shape.first_seen_at AS first_seen_at_utc,
       shape.last_seen_at AS last_seen_at_utc,
       shape.worst_severity,
       shape.shape_key
FROM message_shape shape
JOIN organisation ON organisation.organisation_key = shape.organisation_key
WHERE shape.rule IS NULL
ORDER BY shape.line_count DESC, shape.shape_key
