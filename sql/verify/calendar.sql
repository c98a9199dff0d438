-- Every execution of a day between the first and the last of the calendar has its day there, and so has the day that
-- is not known, which is that of all others.
-- repair: tidemark migrate
WITH span AS (
    SELECT min(date) AS first_day, max(date) AS last_day FROM calendar_day
)
SELECT execution.created_on AS date, 'no day of the calendar' AS problem, count(*) AS executions
FROM execution
JOIN span ON execution.created_on BETWEEN span.first_day AND span.last_day
LEFT JOIN calendar_day ON calendar_day.date = execution.created_on
WHERE calendar_day.date_key IS NULL
GROUP BY execution.created_on
UNION ALL
SELECT NULL, 'no row for a day that is not known', 0
FROM span
WHERE NOT EXISTS (SELECT 1 FROM calendar_day WHERE date_key = -1)
