-- When did nothing run? The longest span without any execution on each of the last 14 days: room for
-- maintenance. It is of the day on which the next execution ended it, by the reporting time zone. A
-- span that still lasted when the last sync that succeeded began comes first: is_current is 1, it
-- has no day and no end yet, and hours count until that sync. What is lost or abandoned, or has no
-- duration that is believed, is left out.
-- uses: newest_executions
WITH newest AS MATERIALIZED (
    SELECT organisation_key, {utc created_at_utc} AS created_at FROM newest_executions
),
-- a week more, so that the first of these days knows what ran before
run AS MATERIALIZED (
    SELECT newest.organisation_key, e.execution_key, e.created_on, e.created_at,
           coalesce(e.ended_at, '9999-12-30 00:00:00.000000') AS ended_at
    FROM newest
    JOIN job ON job.organisation_key = newest.organisation_key
    JOIN execution e ON e.job_key = job.job_key
        AND e.created_at > {before newest.created_at, 528}
        AND e.created_at <= newest.created_at
    WHERE e.duration_ms IS NOT NULL
       OR (e.ended_at IS NULL AND e.lost_since IS NULL AND e.abandoned_since IS NULL)
),
follows AS (
    SELECT organisation_key, created_at, execution_key,
           max(created_on) OVER (PARTITION BY organisation_key) AS today,
           max(ended_at) OVER in_order AS idle_since, -- of this one and all before it
           lead(execution_key) OVER in_order AS next_key,
           lead(created_on) OVER in_order AS day,
           lead(created_at) OVER in_order AS idle_until
    FROM run
    WINDOW in_order AS (PARTITION BY organisation_key ORDER BY created_at, execution_key)
),
-- of the last sync that read all there was: until then it is known that nothing ran
synced AS (
    SELECT organisation_key, started_at
    FROM sync_run
    WHERE sync_run_key IN (SELECT max(sync_run_key) FROM sync_run
                           WHERE outcome = 'succeeded' GROUP BY organisation_key)
),
idle AS (
    SELECT follows.*,
           CASE WHEN follows.next_key IS NULL THEN {micros synced.started_at}
                ELSE {micros follows.idle_until} END - {micros follows.idle_since} AS micros
    FROM follows
    LEFT JOIN synced ON synced.organisation_key = follows.organisation_key
    WHERE (follows.idle_since < follows.idle_until AND {days follows.today, follows.day} < 14)
       OR (follows.next_key IS NULL AND follows.idle_since < synced.started_at)
),
placed AS (
    SELECT idle.*,
           row_number() OVER (PARTITION BY organisation_key, day
                              ORDER BY micros DESC, created_at, execution_key) AS place
    FROM idle
)
SELECT organisation.name AS organisation,
       following.created_on AS day,
       placed.idle_since AS idle_since_utc,
       following.created_at AS idle_until_utc,
       following.created_at_local AS idle_until_local,
       CASE WHEN placed.next_key IS NULL THEN 1 ELSE 0 END AS is_current,
       round(cast(placed.micros / 3600000000.0 AS numeric), 2) AS hours,
       job.name AS job,
       job.job_id
FROM placed
JOIN organisation ON organisation.organisation_key = placed.organisation_key
LEFT JOIN execution following ON following.execution_key = placed.next_key
LEFT JOIN job ON job.job_key = following.job_key
WHERE placed.place = 1
ORDER BY organisation.name, is_current DESC, following.created_on DESC
