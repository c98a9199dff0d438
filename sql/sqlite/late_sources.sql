-- Which data sources are late: older than [freshness] allows, or than their own habit? A habit is
-- what the same hour of the week brought in the last eight weeks: a source is late when the last
-- load that the median week had by then, half a usual gap ago and at least an hour, has not come.
-- Six loads over fourteen days make a habit. What is retired is never late.
-- uses: last_successful_load, recent_loads, task_activity
WITH RECURSIVE gap AS (
    SELECT data_source_key,
           (julianday(loaded_at_utc) - julianday(previous_loaded_at_utc)) * 24 AS hours
    FROM recent_loads
    WHERE previous_loaded_at_utc IS NOT NULL
),
ordered_gap AS (
    SELECT gap.*,
           max(hours) OVER (PARTITION BY data_source_key) AS longest,
           row_number() OVER (PARTITION BY data_source_key ORDER BY hours) AS place,
           count(*) OVER (PARTITION BY data_source_key) AS gaps
    FROM gap
),
rhythm AS MATERIALIZED (
    SELECT data_source_key, hours AS usual, longest, max(hours / 2, 1.0) AS slack
    FROM ordered_gap
    WHERE place = gaps / 2 + 1 AND gaps >= 5
),
task AS MATERIALIZED (
    SELECT data_source_key, transfer_task_key, success_basis FROM task_activity
    WHERE data_source_key IS NOT NULL AND last_success_at_utc IS NOT NULL
),
first_load AS (
    SELECT task.data_source_key,
           min(CASE WHEN task.success_basis = 'task' THEN
               (SELECT min(r.last_succeeded_at) FROM task_run r
                WHERE r.transfer_task_key = task.transfer_task_key
                  AND r.kind <> 'execution package')
           ELSE
               (SELECT min(r.completed_at) FROM task_run r
                WHERE r.transfer_task_key = task.transfer_task_key
                  AND r.kind <> 'execution package' AND r.completed_at IS NOT NULL)
           END) AS loaded_at
    FROM task
    GROUP BY task.data_source_key
),
week(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM week WHERE number < 8),
asked AS MATERIALIZED (
    SELECT rhythm.data_source_key, week.number,
           strftime('%Y-%m-%d %H:%M:%f', 'now',
                    printf('-%d seconds', CAST(rhythm.slack * 3600 AS INTEGER)),
                    printf('-%d days', 7 * week.number)) AS moment
    FROM rhythm, week
),
expected AS (
    SELECT asked.data_source_key, asked.number,
           julianday(max(CASE WHEN task.success_basis = 'task' THEN
               (SELECT max(r.last_succeeded_at) FROM task_run r
                WHERE r.transfer_task_key = task.transfer_task_key
                  AND r.kind <> 'execution package' AND r.last_succeeded_at <= asked.moment)
           ELSE
               (SELECT max(r.completed_at) FROM task_run r
                WHERE r.transfer_task_key = task.transfer_task_key
                  AND r.kind <> 'execution package' AND r.completed_at IS NOT NULL
                  AND r.completed_at <= asked.moment)
           END)) + 7 * asked.number AS day
    FROM asked
    JOIN task ON task.data_source_key = asked.data_source_key
    GROUP BY asked.data_source_key, asked.number
),
ordered_week AS (
    SELECT data_source_key, day,
           row_number() OVER (PARTITION BY data_source_key ORDER BY day) AS place,
           count(*) OVER (PARTITION BY data_source_key) AS weeks
    FROM expected
    WHERE day IS NOT NULL
),
habit AS (
    SELECT rhythm.data_source_key, rhythm.usual, rhythm.longest, rhythm.slack, ordered_week.day
    FROM rhythm
    JOIN ordered_week ON ordered_week.data_source_key = rhythm.data_source_key
        AND ordered_week.place = (ordered_week.weeks + 1) / 2
),
judged AS (
    SELECT source.*, habit.usual, habit.longest, habit.day,
           CASE WHEN source.is_retired = 0
                 AND julianday(source.last_success_at_utc) - julianday(first_load.loaded_at) >= 14
                 AND julianday(source.last_success_at_utc) + habit.slack / 24 < habit.day
                THEN 1 ELSE 0 END AS late_by_habit
    FROM last_successful_load source
    LEFT JOIN habit ON habit.data_source_key = source.data_source_key
    LEFT JOIN first_load ON first_load.data_source_key = source.data_source_key
)
SELECT data_source,
       last_success_at_utc,
       age_hours,
       max_age_hours,
       is_late AS late_by_freshness,
       round(usual, 2) AS usual_gap_hours,
       round(longest, 2) AS longest_gap_hours,
       CASE WHEN late_by_habit = 1 THEN strftime('%Y-%m-%d %H:%M:%f000', day) END
           AS expected_at_utc,
       late_by_habit,
       transfer_task,
       job,
       job_id,
       job_excluded_since_utc,
       last_outcome,
       organisation
FROM judged
WHERE is_late = 1 OR late_by_habit = 1
ORDER BY age_hours DESC NULLS FIRST, organisation, data_source
