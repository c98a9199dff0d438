-- Fills an empty warehouse in SQLite with a year of history that ends now: @executions executions of @jobs
-- jobs, each with @lines log lines and @tasks task runs, as a nightly sync would have left them. Five jobs
-- have half of the executions. Four of a hundred fail, each by one of its tasks. Synthetic.
INSERT INTO organisation (organisation_key, name, base_url, reporting_timezone, source_timezone)
VALUES (1, 'default', 'https://bench.example', 'UTC', 'UTC');

CREATE TEMP TABLE number AS
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < max(@executions, 1000))
SELECT n FROM n;

-- the last second of the history, since 1970
CREATE TEMP TABLE clock AS SELECT CAST(strftime('%s', 'now') AS INTEGER) - 300 AS until;

INSERT INTO job (job_key, organisation_key, job_id, name, first_seen_at)
SELECT n, 1, printf('%08x-0000-4000-8000-000000000001', n), 'Job ' || n,
       strftime('%Y-%m-%d %H:%M:%S.000000', until - 366 * 86400, 'unixepoch')
FROM number JOIN clock WHERE n <= @jobs;

INSERT INTO data_source (data_source_key, organisation_key, name, max_age_hours)
SELECT n, 1, 'Source ' || n, 26 FROM number WHERE n <= 50;

-- those of a job follow each other; one in forty belongs to no source
INSERT INTO transfer_task (transfer_task_key, organisation_key, name, data_source_key)
SELECT n, 1, CASE WHEN n % 40 = 0 THEN 'Task ' || n ELSE printf('Source %d - Task %d', n % 50 + 1, n) END,
       CASE WHEN n % 40 <> 0 THEN n % 50 + 1 END
FROM number WHERE n <= @jobs * @tasks;

-- what chance decides of each execution; job 10 has failed for some days
CREATE TEMP TABLE chance AS
WITH drawn AS (
    SELECT n, n * 2654435761 % 4294967296 / 256 AS one, n * 2246822519 % 4294967291 / 256 AS two FROM number
),
placed AS (
    SELECT n, one, two,
           CASE WHEN one % 2 = 0 THEN two % 5 + 1 ELSE two % (@jobs - 5) + 6 END AS job_key
    FROM drawn WHERE n <= @executions
)
SELECT placed.*, n > @executions - 4 AS is_open,
       n <= @executions - 4 AND (one / 2 % 100 < 4 OR (job_key = 10 AND n > @executions * 0.99)) AS failed,
       until - 1200 - (@executions - n) * (365 * 86400 / @executions) AS began,
       300 + two / 5 % 600 AS seconds
FROM placed JOIN clock;

INSERT INTO execution (execution_key, execution_id, job_key, state, state_code, trigger_id, created_at,
                       ended_at, duration_ms, created_on, log_count, first_seen_at, changed_at,
                       content_hash, incomplete, source_timezone, created_at_local)
SELECT n, printf('%08x-0000-4000-8000-%012x', one, n), job_key,
       CASE WHEN is_open THEN 'running' WHEN failed THEN 'failed' ELSE 'completed' END,
       CASE WHEN is_open THEN 0 WHEN failed THEN 2 ELSE 1 END,
       CASE WHEN one % 20 = 1 THEN printf('%08x-0000-4000-9000-%012x', two, n) END,
       strftime('%Y-%m-%d %H:%M:%S.000000', began, 'unixepoch'),
       CASE WHEN NOT is_open THEN strftime('%Y-%m-%d %H:%M:%S.000000', began + seconds, 'unixepoch') END,
       CASE WHEN NOT is_open THEN seconds * 1000 END, date(began, 'unixepoch'), @lines,
       strftime('%Y-%m-%d 23:00:00.000000', began, 'unixepoch'),
       strftime('%Y-%m-%d 23:00:00.000000', began, 'unixepoch'),
       n, 0, '', strftime('%Y-%m-%d %H:%M:%S.000000', began, 'unixepoch')
FROM chance;

-- what the execution's tasks came to, each in its share of the time
CREATE TEMP TABLE step AS
SELECT chance.n AS execution_key, (job_key - 1) * @tasks + number.n AS task,
       began + seconds * (number.n - 1) / @tasks AS began, began + seconds * number.n / @tasks - 1 AS ended,
       CASE WHEN is_open AND number.n = @tasks THEN 'started'
            WHEN failed AND number.n = CASE WHEN job_key = 10 THEN 1 ELSE one / 200 % @tasks + 1 END
            THEN 'failed'
            WHEN one / 200 % 500 = 0 AND number.n = @tasks THEN 'started'
            ELSE 'succeeded' END AS outcome,
       1000 + two % 9000 AS row_count
FROM chance JOIN number ON number.n <= @tasks;

INSERT INTO task_run (execution_key, transfer_task_key, started_at, ended_at, outcome, last_succeeded_at,
                      attempts, row_count, error_message, attributed_by, duration_ms, rule, kind, heard_at,
                      started_at_local)
SELECT execution_key, task, strftime('%Y-%m-%d %H:%M:%S.000000', began, 'unixepoch'),
       CASE WHEN outcome <> 'started' THEN strftime('%Y-%m-%d %H:%M:%S.000000', ended, 'unixepoch') END,
       outcome,
       CASE WHEN outcome = 'succeeded' THEN strftime('%Y-%m-%d %H:%M:%S.000000', ended, 'unixepoch') END,
       1,
       CASE WHEN outcome = 'succeeded' AND task % 10 <> 3
            THEN CASE WHEN task % 50 = 7 AND began > until - 86400 THEN row_count / 10 ELSE row_count END END,
       CASE WHEN outcome = 'failed' THEN 'Cannot open database ''Store' || task % 20
            || ''' requested by the login' || char(13, 10) || replace(printf('%300s', ''), ' ', '.') END,
       CASE WHEN task % 40 = 0 THEN 'none' ELSE 'convention' END,
       CASE WHEN outcome <> 'started' THEN (ended - began) * 1000 END,
       CASE outcome WHEN 'started' THEN 'transfer started' WHEN 'failed' THEN 'transfer failed'
                    ELSE 'transfer completed' END,
       CASE WHEN task % 25 = 1 THEN 'execution package' ELSE 'transfer' END,
       strftime('%Y-%m-%d %H:%M:%S.000000', CASE WHEN outcome = 'started' THEN began ELSE ended END,
                'unixepoch'),
       strftime('%Y-%m-%d %H:%M:%S.000000', began, 'unixepoch')
FROM step JOIN clock;
DROP TABLE step;

-- sixty kinds of message, and those of a failure, which are worded anew on the last day
INSERT INTO execution_log (execution_key, log_id, logged_at, severity, message, shape_key, line_number)
SELECT chance.n, printf('%08x-0000-4000-8000-%012x', number.n * 2654435761 % 4294967296, number.n),
       strftime('%Y-%m-%d %H:%M:%S.000000', began + 2 + (seconds - 3) * number.n / @lines, 'unixepoch'),
       CASE WHEN failed AND number.n = @lines THEN 3 ELSE 1 END,
       CASE WHEN failed AND number.n = @lines
            THEN 'Execution failed: cannot open database ''Store' || job_key % 20 || ''''
            ELSE 'Loaded ' || (1000 + two % 9000) || ' rows of table ' || number.n % 60
                 || ' of the source into the store, without a word more than that' END,
       CASE WHEN failed AND number.n = @lines
            THEN 9000000000000000 + job_key % 20 + CASE WHEN began > until - 86400 THEN 20 ELSE 0 END
            ELSE (number.n % 60 + 1) * 123456789012345 END,
       number.n
FROM chance JOIN clock JOIN number ON number.n <= @lines;

INSERT INTO message_shape_job (organisation_key, shape_key, job_key, first_seen_at, last_seen_at, line_count)
SELECT 1, shape_key, job_key, min(logged_at), max(logged_at), count(*)
FROM execution_log JOIN execution USING (execution_key)
GROUP BY shape_key, job_key;

INSERT INTO message_shape (organisation_key, shape_key, mask, first_seen_at, last_seen_at, line_count,
                           worst_severity, example, execution_key, rule, outcome, known_since)
SELECT 1, shape_key, 'Message of kind ' || shape_key, min(first_seen_at), max(last_seen_at), sum(line_count),
       CASE WHEN shape_key >= 9000000000000000 THEN 3 ELSE 1 END, 'Message of kind ' || shape_key,
       (SELECT max(n) FROM chance WHERE failed OR shape_key < 9000000000000000),
       CASE WHEN shape_key BETWEEN 9000000000000000 AND 9000000000000019 THEN 'execution failed' END,
       CASE WHEN shape_key BETWEEN 9000000000000000 AND 9000000000000019 THEN 'failed' END, min(first_seen_at)
FROM message_shape_job
GROUP BY shape_key;

INSERT INTO message_template (template_key, shape_key)
SELECT row_number() OVER (ORDER BY shape_key), shape_key FROM message_shape;

INSERT INTO execution_reading (execution_key, bytes_hash, line_count, time_trend, newest_at)
SELECT execution_key, execution_key, log_count, log_count - 1, coalesce(ended_at, created_at) FROM execution;

-- a sync each night
INSERT INTO sync_run (sync_run_key, organisation_key, started_at, ended_at, outcome, jobs, jobs_failed,
                      executions_new, executions_changed, executions_unchanged, rejected, logs, bytes,
                      duration_ms)
SELECT n, 1, strftime('%Y-%m-%d %H:%M:%S.000000', until - (365 - n) * 86400, 'unixepoch'),
       strftime('%Y-%m-%d %H:%M:%S.000000', until - (365 - n) * 86400 + 60, 'unixepoch'), 'succeeded', @jobs,
       0, @executions / 365, 0, 0, 0, @lines * @executions / 365, 0, 60000
FROM number JOIN clock WHERE n <= 365;

INSERT INTO sync_job (sync_run_key, job_key, started_at, ended_at, outcome, executions_new,
                      executions_changed, executions_unchanged, rejected, logs, bytes, reading)
SELECT sync_run_key, job_key, started_at, ended_at, 'succeeded', executions_new / @jobs, 0, 0, 0,
       logs / @jobs, 0, 'whole'
FROM sync_run JOIN job;

INSERT INTO watermark (job_key, loaded_through, open_executions, oldest_available_at, read_through,
                       body_order, whole_through)
SELECT job_key, max(created_at) FILTER (WHERE ended_at IS NOT NULL), count(*) FILTER (WHERE ended_at IS NULL),
       min(created_at), max(created_at), 'oldest_first', max(created_at) FILTER (WHERE ended_at IS NOT NULL)
FROM execution GROUP BY job_key;

-- the statistics that a sync leaves: of what it asked, and of a part of each index
PRAGMA analysis_limit = 400;
ANALYZE organisation;
ANALYZE job;
ANALYZE data_source;
ANALYZE transfer_task;
ANALYZE execution;
ANALYZE task_run;
ANALYZE sync_job;
ANALYZE message_shape;
