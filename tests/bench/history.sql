-- Fills an empty warehouse in SQLite with @executions executions of four jobs, 12 task runs each and
-- two a minute, and with @lines log lines on the last day, of five kinds. On that day one execution in
-- seven failed, and their first lines are of @shapes kinds that were never logged before.
INSERT INTO organisation (organisation_key, name, base_url, reporting_timezone)
VALUES (1, 'default', 'https://bench.example', 'UTC');

CREATE TEMP TABLE number AS
WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < max(@executions, @lines / 2880, 500))
SELECT n FROM n;

CREATE TEMP TABLE guid AS
SELECT n, printf('%08x-0000-4000-8000-000000000000', n) AS guid FROM number;

INSERT INTO job (job_key, organisation_key, job_id, name, first_seen_at)
SELECT n, 1, guid, 'Job ' || n, '2026-01-01 00:00:00.000000' FROM guid WHERE n BETWEEN 1 AND 4;

INSERT INTO data_source (data_source_key, organisation_key, name, max_age_hours)
SELECT n, 1, 'Source ' || n, 26 FROM number WHERE n BETWEEN 1 AND 30;

INSERT INTO transfer_task (transfer_task_key, organisation_key, name, data_source_key)
SELECT n, 1, 'Source ' || (n % 30 + 1) || ' - Task ' || n, n % 30 + 1 FROM number
WHERE n BETWEEN 1 AND 240;

-- half a minute apart, the last one at noon of 2026-10-11
INSERT INTO execution (execution_key, execution_id, job_key, state, state_code, created_at, ended_at,
                       duration_ms, created_on, log_count, first_seen_at, changed_at, content_hash,
                       incomplete)
SELECT n, guid, n % 4 + 1, CASE WHEN failed THEN 'failed' ELSE 'completed' END,
       CASE WHEN failed THEN 2 ELSE 1 END, created_at, ended_at, 20000, substr(created_at, 1, 10), 0,
       ended_at, ended_at, n, 0
FROM (SELECT n, guid, n % 7 = 0 AND n > @executions - 2880 AS failed,
             strftime('%Y-%m-%d %H:%M:%S.000000', '2026-10-11 12:00:00', ((n - @executions) * 30) || ' seconds')
                 AS created_at,
             strftime('%Y-%m-%d %H:%M:%S.000000', '2026-10-11 12:00:20', ((n - @executions) * 30) || ' seconds')
                 AS ended_at
      FROM guid WHERE n BETWEEN 1 AND @executions);

INSERT INTO task_run (execution_key, transfer_task_key, started_at, ended_at, outcome,
                      last_succeeded_at, attempts, attributed_by, duration_ms, rule)
SELECT execution_key, (execution_key % 20) * 12 + n, created_at, ended_at, 'succeeded', ended_at, 1,
       'convention', 20000, 'finished'
FROM execution JOIN number ON n BETWEEN 1 AND 12;

INSERT INTO execution_log (execution_key, log_id, logged_at, severity, message, shape_key,
                           line_number)
SELECT execution_key, guid, created_at, 1,
       CASE WHEN state = 'failed' AND n = 0 THEN 'New message' ELSE 'Loading rows' END,
       CASE WHEN state = 'failed' AND n = 0 THEN 1000 + execution_key / 7 % @shapes ELSE n % 5 END,
       n + 1
FROM execution JOIN guid ON n < @lines / 2880
WHERE execution_key > @executions - 2880;

UPDATE execution SET log_count = @lines / 2880 WHERE execution_key > @executions - 2880;

INSERT INTO message_shape_job (organisation_key, shape_key, job_key, first_seen_at, last_seen_at,
                               line_count)
SELECT 1, shape_key, job_key, CASE WHEN shape_key < 1000 THEN '2026-01-01 00:00:00.000000'
                                   ELSE min(logged_at) END, max(logged_at), count(*)
FROM execution_log JOIN execution USING (execution_key)
GROUP BY shape_key, job_key;

INSERT INTO message_shape (organisation_key, shape_key, mask, first_seen_at, last_seen_at, line_count,
                           worst_severity, example, execution_key)
SELECT 1, shape_key, 'Message ' || shape_key, min(first_seen_at), max(last_seen_at), sum(line_count),
       1, 'Message ' || shape_key,
       CASE WHEN shape_key < 1000 THEN 1
            ELSE (SELECT max(execution_key) FROM execution
                  WHERE state = 'failed' AND execution_key / 7 % @shapes = shape_key - 1000) END
FROM message_shape_job
GROUP BY shape_key;

ANALYZE;
