-- Fills an empty warehouse in SQLite with @shapes kinds of message: one half are alike but for a word,
-- of the other no two are.
INSERT INTO organisation (organisation_key, name, base_url, reporting_timezone)
VALUES (1, 'default', 'https://bench.example', 'UTC');

INSERT INTO job (job_key, organisation_key, job_id, name, first_seen_at)
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 200)
SELECT n, 1, printf('%08x-0000-4000-8000-000000000000', n), 'Job ' || n, '2026-01-01 00:00:00.000000'
FROM n;

-- the key's first eight digits, by which people name a shape, tell the shapes apart
INSERT INTO message_shape (organisation_key, shape_key, mask, first_seen_at, last_seen_at, line_count,
                           worst_severity, example, execution_key)
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < @shapes),
mixed AS (SELECT n, n * 2654435761 % 4294967296 AS one, n * 40503 * 65537 % 4294967291 AS two FROM n),
named AS (
    SELECT n, CASE WHEN n % 2 = 0 THEN printf('Loading the rows of table T%x into the store', n)
                   ELSE printf('Step that w%d w%d w%d w%d w%d w%d w%d w%d', one % 41, one / 41 % 41,
                               one / 1681 % 41, one / 68921 % 41, two % 41, two / 41 % 41,
                               two / 1681 % 41, two / 68921 % 41) END AS mask
    FROM mixed
)
SELECT 1, n << 40, mask, '2026-01-01 00:00:00.000000', '2026-10-11 12:00:00.000000', n % 100 + 1, 1,
       mask, 1
FROM named;

INSERT INTO message_shape_job (organisation_key, shape_key, job_key, first_seen_at, last_seen_at,
                               line_count)
SELECT 1, shape_key, (shape_key >> 40) % 200 + 1, first_seen_at, last_seen_at, line_count
FROM message_shape;
