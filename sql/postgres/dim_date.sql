-- Days, for a star: every day of the years in which anything ran, by the reporting time zone.
WITH bounds AS (
    SELECT min(created_on) AS first_day, max(created_on) AS last_day FROM execution
),
day AS (
    SELECT CAST(generate_series(date_trunc('year', CAST(first_day AS timestamp)),
                                date_trunc('year', CAST(last_day AS timestamp))
                                    + interval '1 year' - interval '1 day',
                                interval '1 day') AS date) AS date
    FROM bounds
)
SELECT CAST(to_char(date, 'YYYYMMDD') AS integer) AS date_key,
       date,
       CAST(extract(year FROM date) AS integer) AS year,
       CAST(extract(quarter FROM date) AS integer) AS quarter,
       CAST(extract(month FROM date) AS integer) AS month,
       CAST(extract(day FROM date) AS integer) AS day,
       to_char(date, 'YYYY-MM') AS year_month,
       CAST(extract(isodow FROM date) AS integer) AS iso_weekday,
       CAST(extract(week FROM date) AS integer) AS iso_week
FROM day
