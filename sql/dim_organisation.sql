-- Organisations, for a star: one row per source of jobs, and -1 for none.
SELECT organisation.organisation_key,
       organisation.name AS organisation,
       organisation.base_url,
       organisation.reporting_timezone
FROM organisation
UNION ALL
SELECT unknown_key, name, no_text, no_text FROM unknown_row
