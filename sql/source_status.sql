-- How does each data source stand, in one word? The first that fits: retired; never loaded; running (a
-- task of it has begun, and is the last that was heard); failed (the last one heard of failed); late, by
-- [freshness] or by habit; fine; else unknown.
-- uses: last_successful_load, late_sources
SELECT source.organisation,
       source.data_source,
       CASE WHEN source.is_retired = 1 THEN 'retired'
            WHEN source.last_success_at_utc IS NULL THEN 'never loaded'
            WHEN source.last_outcome = 'started' AND source.last_run_at_utc > source.last_success_at_utc
            THEN 'running'
            WHEN source.last_outcome = 'failed' THEN 'failed'
            WHEN late.data_source IS NOT NULL THEN 'late'
            WHEN source.last_outcome = 'succeeded' OR source.success_basis = 'execution' THEN 'fine'
            ELSE 'unknown' END AS status,
       source.last_success_at_utc,
       source.age_hours,
       source.last_run_at_utc,
       source.data_source_key
FROM last_successful_load source
LEFT JOIN late_sources late ON late.organisation = source.organisation
    AND late.data_source = source.data_source
ORDER BY source.organisation, source.data_source
