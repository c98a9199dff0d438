-- Which runs were expected in the day before the last sync, and did not come? A start is expected
-- where at least three of the four weeks before had one at the same time of the week, give or take
-- 90 minutes. Jobs that are excluded or missing are left out.
WITH known AS MATERIALIZED (
    SELECT job.job_key, job.organisation_key, job.name, job.job_id,
           {epoch max(sync_job.started_at)} AS until
    FROM job
    JOIN sync_job ON sync_job.job_key = job.job_key AND sync_job.reading IS NOT NULL
    WHERE job.missing_since IS NULL AND job.excluded_since IS NULL
    GROUP BY job.job_key, job.organisation_key, job.name, job.job_id
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
    WHERE e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after
),
usual AS (
    SELECT slot.job_key, slot.expected, count(DISTINCT near.number) AS weeks
    FROM past slot
    JOIN past near ON near.job_key = slot.job_key
        AND near.expected BETWEEN slot.expected - 5400 AND slot.expected + 5400
    WHERE slot.expected > slot.until - 92700 AND slot.expected <= slot.until - 6300
    GROUP BY slot.job_key, slot.expected
),
missed AS (
    SELECT usual.*,
           lag(usual.expected) OVER (PARTITION BY usual.job_key ORDER BY usual.expected) AS before
    FROM usual
    WHERE usual.weeks >= 3
      AND NOT EXISTS (
          SELECT 1 FROM execution e
          WHERE e.job_key = usual.job_key
            AND e.created_at >= {at usual.expected - 5400}
            AND e.created_at <= {at usual.expected + 6300})
)
SELECT organisation.name AS organisation,
       known.name AS job,
       known.job_id,
       {at missed.expected} AS expected_at_utc,
       missed.weeks,
       (SELECT max(e.created_at) FROM execution e
        WHERE e.job_key = missed.job_key
          AND (e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after)) AS last_run_at_utc
FROM missed
JOIN known ON known.job_key = missed.job_key
JOIN organisation ON organisation.organisation_key = known.organisation_key
WHERE missed.before IS NULL OR missed.expected - missed.before > 5400
ORDER BY organisation.name, expected_at_utc, known.name, known.job_id
