-- Which kinds of message were never logged before the last day of the history, or before the
-- previous sync where that was longer ago?
WITH seen AS (
    SELECT organisation_key, max(last_seen_at) AS last_at
    FROM message_shape
    GROUP BY organisation_key
),
-- by their keys: a clock that was ahead once says nothing of the syncs after it
latest AS (
    SELECT organisation_key, started_at FROM sync_run
    WHERE sync_run_key IN (SELECT max(sync_run_key) FROM sync_run GROUP BY organisation_key)
),
-- a line that is dated ahead of the clock ends no day before it has come
newest AS (
    SELECT seen.organisation_key,
           CASE WHEN latest.started_at < seen.last_at THEN {before latest.started_at, 24}
                ELSE {before seen.last_at, 24} END AS day_before
    FROM seen
    LEFT JOIN latest ON latest.organisation_key = seen.organisation_key
),
previous AS (
    SELECT organisation_key, started_at FROM sync_run
    WHERE sync_run_key IN (
        SELECT max(earlier.sync_run_key) FROM sync_run earlier
        WHERE earlier.sync_run_key NOT IN (SELECT max(sync_run_key) FROM sync_run
                                           GROUP BY organisation_key)
        GROUP BY earlier.organisation_key)
)
SELECT organisation.name AS organisation,
       shape.shape_key,
       shape.mask AS message,
       shape.first_seen_at AS first_seen_at_utc,
       shape.last_seen_at AS last_seen_at_utc,
       shape.line_count,
       shape.worst_severity,
       shape.rule,
       shape.outcome,
       shape.example
FROM message_shape shape
JOIN organisation ON organisation.organisation_key = shape.organisation_key
JOIN newest ON newest.organisation_key = shape.organisation_key
LEFT JOIN previous ON previous.organisation_key = shape.organisation_key
WHERE shape.first_seen_at >= newest.day_before OR shape.first_seen_at >= previous.started_at
ORDER BY shape.first_seen_at DESC, shape.line_count DESC, shape.shape_key
