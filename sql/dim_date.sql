-- Days, for a star: every day from that of the first execution to the end of next year, by the
-- reporting time zone, and -1 for executions of a day that nobody believes. A working day is one from
-- Monday to Friday.
SELECT date_key,
       date,
       year,
       quarter,
       month,
       day,
       year_month,
       iso_weekday,
       iso_week,
       iso_year,
       month_name,
       weekday_name,
       is_working_day
FROM calendar_day
