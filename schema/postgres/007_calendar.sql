-- The days, as a table: so both databases keep them in one way, and a planner knows how many they are.

CREATE TABLE calendar_day (
    date_key       integer PRIMARY KEY,
    date           date UNIQUE,
    year           integer,
    quarter        integer,
    month          integer,
    day            integer,
    year_month     text NOT NULL,
    iso_weekday    integer,
    iso_week       integer,
    iso_year       integer,
    month_name     text NOT NULL,
    weekday_name   text NOT NULL,
    is_working_day integer NOT NULL CHECK (is_working_day IN (0, 1))
);
COMMENT ON TABLE calendar_day IS 'One row per day from that of the first execution to the end of next year, and one for the day that is not known. The program keeps it up.';
COMMENT ON COLUMN calendar_day.date_key IS 'the digits of the date; -1: not known';
COMMENT ON COLUMN calendar_day.date IS 'null for the one that is not known';
COMMENT ON COLUMN calendar_day.year IS 'of the date';
COMMENT ON COLUMN calendar_day.quarter IS 'of the year, 1 to 4';
COMMENT ON COLUMN calendar_day.month IS 'of the year, 1 to 12';
COMMENT ON COLUMN calendar_day.day IS 'of the month';
COMMENT ON COLUMN calendar_day.year_month IS 'YYYY-MM';
COMMENT ON COLUMN calendar_day.iso_weekday IS '1 is Monday';
COMMENT ON COLUMN calendar_day.iso_week IS '1 to 53, of iso_year';
COMMENT ON COLUMN calendar_day.iso_year IS 'the year that iso_week is of';
COMMENT ON COLUMN calendar_day.month_name IS 'in English';
COMMENT ON COLUMN calendar_day.weekday_name IS 'in English';
COMMENT ON COLUMN calendar_day.is_working_day IS '1 from Monday to Friday; of holidays nothing is known';
