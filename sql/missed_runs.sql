-- Which runs were expected in the day before the last sync, and did not come? [schedule] gives the
-- starts of a job: a run may begin from a quarter of an hour before one to 90 minutes after it. Of any
-- other job a start is expected where at least three of the four weeks before had one at the same time
-- of the week, give or take 90 minutes; of expected starts that lie closer together than that, only the
-- first is told, and a job that starts more often misses nothing while it starts at all. Jobs that are
-- excluded or missing are left out.
WITH known AS MATERIALIZED (
    SELECT job.job_key, job.organisation_key, job.name, job.job_id, job.first_seen_at,
           {epoch sync_job.started_at} AS until
    FROM job
    -- the last one by its key: a clock that was ahead once says nothing of the syncs after it
    JOIN (
        SELECT job_key, max(sync_run_key) AS sync_run_key
        FROM sync_job WHERE reading IS NOT NULL GROUP BY job_key
    ) latest ON latest.job_key = job.job_key
    JOIN sync_job ON sync_job.job_key = latest.job_key
        AND sync_job.sync_run_key = latest.sync_run_key
    WHERE job.missing_since IS NULL AND job.excluded_since IS NULL
),
-- those that are over: until their 90 minutes are, a run may still come
given AS (
    SELECT known.job_key, {epoch given_start.expected_at} AS expected
    FROM known
    JOIN given_start ON given_start.job_key = known.job_key
    WHERE given_start.expected_at > {at known.until - 91800}
      AND given_start.expected_at <= {at known.until - 5400}
      AND (given_start.expected_at >= known.first_seen_at
           OR EXISTS (SELECT 1 FROM execution e
                      WHERE e.job_key = known.job_key AND e.created_at < given_start.expected_at))
),
week (number) AS (VALUES (1), (2), (3), (4)),
-- the starts of those weeks, moved to this one, by the quarter of an hour, in seconds since 1970
past AS MATERIALIZED (
    SELECT DISTINCT known.job_key, known.until, week.number,
           ({epoch e.created_at} + 604800 * week.number) / 900 * 900 AS expected
    FROM known
    CROSS JOIN week
    JOIN execution e ON e.job_key = known.job_key
        AND e.created_at > {at known.until - 604800 * week.number - 98100}
        AND e.created_at <= {at known.until - 604800 * week.number}
    WHERE (e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after)
      AND NOT EXISTS (SELECT 1 FROM given_start WHERE given_start.job_key = known.job_key)
),
usual AS (
    SELECT slot.job_key, slot.expected, count(DISTINCT near.number) AS weeks
    FROM past slot
    JOIN past near ON near.job_key = slot.job_key
        AND near.expected BETWEEN slot.expected - 5400 AND slot.expected + 5400
    WHERE slot.expected > slot.until - 92700 AND slot.expected <= slot.until - 6300
    GROUP BY slot.job_key, slot.expected
),
learned AS (
    SELECT usual.*,
           lag(usual.expected) OVER (PARTITION BY usual.job_key ORDER BY usual.expected) AS before
    FROM usual
    WHERE usual.weeks >= 3
      AND NOT EXISTS (
          SELECT 1 FROM execution e
          WHERE e.job_key = usual.job_key
            AND e.created_at >= {at usual.expected - 5400}
            AND e.created_at <= {at usual.expected + 6300})
),
missed AS MATERIALIZED (
    SELECT job_key, expected, weeks, 0 AS is_given
    FROM learned
    WHERE before IS NULL OR expected - before > 5400
    UNION ALL
    SELECT job_key, expected, cast(NULL AS bigint), 1
    FROM given
    WHERE NOT EXISTS (
        SELECT 1 FROM execution e
        WHERE e.job_key = given.job_key
          AND e.created_at >= {at given.expected - 900}
          AND e.created_at <= {at given.expected + 5400})
)
SELECT organisation.name AS organisation,
       known.name AS job,
       known.job_id,
       {at missed.expected} AS expected_at_utc,
       missed.weeks,
       (SELECT max(e.created_at) FROM execution e
        WHERE e.job_key = missed.job_key
          AND (e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after)) AS last_run_at_utc,
       missed.is_given
FROM missed
JOIN known ON known.job_key = missed.job_key
JOIN organisation ON organisation.organisation_key = known.organisation_key
ORDER BY organisation.name, expected_at_utc, known.name, known.job_id
