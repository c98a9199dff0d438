-- Which data sources brought far fewer rows than usual on one of the last 7 days? Fewer than half of the
-- median of the same weekday in the eight weeks before, of which at least four had rows. Days are those
-- of the reporting time zone; a day without any rows is no drop, but makes the source late.
-- uses: newest_executions
WITH newest AS MATERIALIZED (
    SELECT organisation_key, {utc created_at_utc} AS created_at FROM newest_executions
),
span AS MATERIALIZED (
    SELECT e.created_on AS today, newest.organisation_key, newest.created_at
    FROM newest
    JOIN job ON job.organisation_key = newest.organisation_key
    JOIN execution e ON e.job_key = job.job_key AND e.created_at = newest.created_at
    GROUP BY e.created_on, newest.organisation_key, newest.created_at
),
brought AS MATERIALIZED (
    SELECT task.data_source_key, e.created_on AS day, span.today,
           {days span.today, e.created_on} AS age,
           cast(sum(r.row_count) AS bigint) AS row_count
    FROM span
    JOIN job ON job.organisation_key = span.organisation_key
    JOIN execution e ON e.job_key = job.job_key
        AND e.created_at > {before span.created_at, 1560}
        AND e.created_at <= span.created_at
    -- more is no count of rows, and could not be summed up
    JOIN task_run r ON r.execution_key = e.execution_key AND r.row_count < 1000000000000000
    JOIN transfer_task task ON task.transfer_task_key = r.transfer_task_key
        AND task.data_source_key IS NOT NULL
    GROUP BY task.data_source_key, e.created_on, span.today
),
compared AS (
    SELECT recent.data_source_key, recent.day, recent.row_count, before.row_count AS before_count,
           row_number() OVER (PARTITION BY recent.data_source_key, recent.day
                              ORDER BY before.row_count) AS place,
           count(*) OVER (PARTITION BY recent.data_source_key, recent.day) AS weeks
    FROM brought recent
    JOIN brought before ON before.data_source_key = recent.data_source_key
        AND before.age > recent.age AND before.age <= recent.age + 56
        AND (before.age - recent.age) % 7 = 0
    WHERE recent.age < 7
)
SELECT organisation.name AS organisation,
       data_source.name AS data_source,
       compared.day,
       compared.row_count,
       compared.before_count AS usual_row_count,
       compared.weeks,
       round(cast(100.0 * compared.row_count / compared.before_count AS numeric), 1)
           AS percent_of_usual,
       data_source.data_source_key
FROM compared
JOIN data_source ON data_source.data_source_key = compared.data_source_key
JOIN organisation ON organisation.organisation_key = data_source.organisation_key
WHERE compared.place = (compared.weeks + 1) / 2 AND compared.weeks >= 4
  AND 2 * compared.row_count < compared.before_count
ORDER BY compared.day DESC, organisation.name, data_source.name
