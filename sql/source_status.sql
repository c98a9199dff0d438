-- How does each data source stand, in one word? The first that fits: retired; never loaded; running (a
-- task of it has begun in an execution that is open, and is the last that was heard of); failed (the
-- last one heard of failed); late, by [freshness] or by habit; fine; else unknown.
-- uses: last_successful_load, late_sources
WITH open_run AS (
    SELECT DISTINCT transfer_task.data_source_key
    FROM execution
    JOIN task_run ON task_run.execution_key = execution.execution_key
        AND task_run.outcome = 'started'
    JOIN transfer_task ON transfer_task.transfer_task_key = task_run.transfer_task_key
    -- the first condition says nothing more than the second: it is that of an index on these few
    WHERE (execution.ended_at IS NULL OR execution.state = 'running' OR execution.incomplete)
      AND execution.ended_at IS NULL
      AND execution.lost_since IS NULL AND execution.abandoned_since IS NULL
)
SELECT source.organisation,
       source.data_source,
       CASE WHEN source.is_retired = 1 THEN 'retired'
            WHEN source.last_success_at_utc IS NULL THEN 'never loaded'
            WHEN source.last_outcome = 'started' AND open_run.data_source_key IS NOT NULL
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
LEFT JOIN open_run ON open_run.data_source_key = source.data_source_key
ORDER BY source.organisation, source.data_source
