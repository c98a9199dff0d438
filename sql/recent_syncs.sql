-- How did the syncs end, newest first, and what did each of them bring?
SELECT organisation.name AS organisation,
       sync_run.started_at AS started_at_utc,
       sync_run.ended_at AS ended_at_utc,
       round(cast(sync_run.duration_ms / 1000.0 AS numeric), 3) AS seconds,
       sync_run.outcome,
       sync_run.jobs,
       sync_run.jobs_failed,
       sync_run.executions_new,
       sync_run.executions_changed,
       sync_run.executions_unchanged,
       sync_run.executions_skipped,
       sync_run.rejected,
       sync_run.logs,
       sync_run.bytes,
       sync_run.error
FROM sync_run
JOIN organisation ON organisation.organisation_key = sync_run.organisation_key
ORDER BY sync_run.sync_run_key DESC
