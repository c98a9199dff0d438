-- Days, for a star: every day of the years in which anything ran, by the reporting time zone.
WITH RECURSIVE bounds AS (
    SELECT min(created_on) AS first_day, max(created_on) AS last_day FROM execution
),
day AS (
    SELECT date(first_day, 'start of year') AS date FROM bounds WHERE first_day IS NOT NULL
    UNION ALL
    SELECT date(date, '+1 day') FROM day, bounds
    WHERE date < date(last_day, 'start of year', '+1 year', '-1 day')
)
SELECT CAST(strftime('%Y%m%d', date) AS INTEGER) AS date_key,
       date,
       CAST(strftime('%Y', date) AS INTEGER) AS year,
       (CAST(strftime('%m', date) AS INTEGER) + 2) / 3 AS quarter,
       CAST(strftime('%m', date) AS INTEGER) AS month,
       CAST(strftime('%d', date) AS INTEGER) AS day,
       strftime('%Y-%m', date) AS year_month,
       (CAST(strftime('%w', date) AS INTEGER) + 6) % 7 + 1 AS iso_weekday,
       (CAST(strftime('%j', date(date, '-3 days', 'weekday 4')) AS INTEGER) - 1) / 7 + 1 AS iso_week
FROM day
