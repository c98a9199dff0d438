-- Which data sources are late: older than [freshness] allows, or older than 1.5 times the longest
-- gap between their last 30 loads? Fewer than six loads make no habit.
-- uses: last_successful_load, recent_loads
WITH habit AS (
    SELECT organisation, data_source,
           round(cast(max(extract(epoch FROM loaded_at_utc - previous_loaded_at_utc))
                      / 3600 AS numeric), 2) AS longest_gap_hours
    FROM recent_loads
    GROUP BY organisation, data_source
    HAVING count(*) >= 6
),
judged AS (
    SELECT source.*, habit.longest_gap_hours,
           CASE WHEN source.age_hours > 1.5 * habit.longest_gap_hours THEN 1 ELSE 0 END
               AS late_by_habit
    FROM last_successful_load source
    LEFT JOIN habit ON habit.organisation = source.organisation
        AND habit.data_source = source.data_source
)
SELECT data_source,
       last_success_at_utc,
       age_hours,
       max_age_hours,
       is_late AS late_by_freshness,
       longest_gap_hours,
       late_by_habit,
       transfer_task,
       job,
       last_outcome,
       organisation
FROM judged
WHERE is_late = 1 OR late_by_habit = 1
ORDER BY age_hours DESC NULLS FIRST, organisation, data_source
