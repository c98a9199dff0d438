-- When did the last sync of each organisation before the newest one begin that loaded what there was?
-- What came after it is news. Without one everything is.
WITH latest AS (
    SELECT organisation_key, max(sync_run_key) AS sync_run_key
    FROM sync_run
    GROUP BY organisation_key
)
SELECT organisation.organisation_key,
       organisation.name AS organisation,
       coalesce(sync_run.started_at, '0001-01-01 00:00:00.000000') AS started_at_utc
FROM latest
JOIN organisation ON organisation.organisation_key = latest.organisation_key
LEFT JOIN sync_run ON sync_run.sync_run_key = (
    SELECT max(earlier.sync_run_key) FROM sync_run earlier
    WHERE earlier.organisation_key = latest.organisation_key
      AND earlier.sync_run_key < latest.sync_run_key
      AND earlier.outcome IN ('succeeded', 'partial'))
ORDER BY organisation.name
