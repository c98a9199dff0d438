-- The days, as a table: made anew from the execution table for each row that asks, they take minutes.

-- One row per day from that of the first execution to the end of next year, and one for the day that
-- is not known. The program keeps it up.
CREATE TABLE calendar_day (
    date_key       INTEGER PRIMARY KEY, -- the digits of the date; -1: not known
    date           DATE UNIQUE,         -- null for the one that is not known
    year           INTEGER,
    quarter        INTEGER,
    month          INTEGER,
    day            INTEGER,
    year_month     TEXT NOT NULL,       -- 'YYYY-MM'
    iso_weekday    INTEGER,             -- 1 is Monday
    iso_week       INTEGER,
    iso_year       INTEGER,             -- the year that iso_week is of
    month_name     TEXT NOT NULL,
    weekday_name   TEXT NOT NULL,
    is_working_day INTEGER NOT NULL CHECK (is_working_day IN (0, 1)) -- Monday to Friday
);
