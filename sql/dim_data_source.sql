-- Data sources, for a star: one row per data source, and -1 for runs whose source nothing names.
SELECT data_source.data_source_key,
       data_source.name AS data_source,
       organisation.name AS organisation,
       data_source.organisation_key,
       data_source.max_age_hours,
       data_source.is_retired
FROM data_source
JOIN organisation ON organisation.organisation_key = data_source.organisation_key
UNION ALL
SELECT unknown_key, name, name, unknown_key, no_number, zero FROM unknown_row
