-- Executions, for a star: one row per execution. Its date is the local day of its creation, and
-- created_hour the hour that clocks of the reporting zone show then;
-- created_at_utc changes only after source.timezone was corrected, and changed_at_utc moves with
-- every change, as incremental refresh wants them. At most one of is_completed, is_failed, is_lost,
-- is_abandoned and is_open is 1, the first that fits in this order; none of an execution that ended
-- in another state.
SELECT execution.execution_key,
       execution.job_key,
       job.organisation_key,
       {day execution.date_key} AS date_key,
       execution.execution_id,
       execution.state,
       execution.state_code,
       execution.is_completed,
       execution.is_failed,
       execution.is_lost,
       execution.is_abandoned,
       execution.is_open,
       execution.is_api_triggered,
       execution.created_at AS created_at_utc,
       execution.ended_at AS ended_at_utc,
       execution.duration_seconds,
       execution.log_count,
       execution.lost_since AS lost_since_utc,
       execution.abandoned_since AS abandoned_since_utc,
       execution.changed_at AS changed_at_utc,
       execution.is_doubtful,
       execution.created_at_local,
       execution.created_hour
FROM execution
JOIN job ON job.job_key = execution.job_key
{calendar execution.date_key}
