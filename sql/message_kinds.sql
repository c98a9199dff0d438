-- What kinds of message were logged in the last 30 days of the history, which rule knows each, and
-- which are new since the last sync? A kind is about a task when a rule finds one
-- in it, or when it holds the name of a known task or a word of the vendor's for one.
-- uses: previous_syncs
WITH recent AS (
    SELECT organisation_key,
           {before max(last_seen_at), 720} AS since
    FROM message_shape
    GROUP BY organisation_key
),
previous AS (
    SELECT organisation_key, {utc started_at_utc} AS started_at FROM previous_syncs
)
SELECT organisation.name AS organisation,
       shape.mask AS message,
       shape.rule,
       shape.outcome,
       shape.line_count,
       shape.first_seen_at AS first_seen_at_utc,
       shape.last_seen_at AS last_seen_at_utc,
       CASE WHEN shape.known_since > previous.started_at THEN 1 ELSE 0 END AS is_new,
       CASE WHEN shape.rule IS NOT NULL
              OR lower(shape.mask) LIKE '%task%' OR lower(shape.mask) LIKE '%transfer%'
              OR lower(shape.mask) LIKE '%synchroni%' OR lower(shape.mask) LIKE '%import%'
              OR lower(shape.mask) LIKE '%storage management%'
              OR EXISTS (SELECT 1 FROM transfer_task task
                         WHERE task.organisation_key = shape.organisation_key
                           AND length(task.name) > 3
                           AND replace(shape.example, task.name, '') <> shape.example)
            THEN 1 ELSE 0 END AS is_about_a_task,
       shape.example,
       shape.known_since AS known_since_utc,
       shape.shape_key,
       shape.organisation_key
FROM message_shape shape
JOIN organisation ON organisation.organisation_key = shape.organisation_key
JOIN recent ON recent.organisation_key = shape.organisation_key
    AND shape.last_seen_at >= recent.since
LEFT JOIN previous ON previous.organisation_key = shape.organisation_key
ORDER BY organisation.name, shape.line_count DESC, shape.shape_key
