-- What became of the runs that 'tidemark execute' asked for, newest first? Of a request whose answer
-- was lost, the executions that the API started since, with an hour for clocks that differ, and that
-- are no other request's, may be its own (found_by 'time').
WITH found AS (
    SELECT queued_run.job_id, queued_run.asked_at, 'trigger' AS found_by, execution.execution_key
    FROM queued_run
    JOIN job ON job.job_id = queued_run.job_id
    JOIN execution ON execution.job_key = job.job_key
        AND execution.trigger_id = queued_run.trigger_id
    UNION ALL
    SELECT queued_run.job_id, queued_run.asked_at, 'time' AS found_by, execution.execution_key
    FROM queued_run
    JOIN job ON job.job_id = queued_run.job_id
    JOIN execution ON execution.job_key = job.job_key
        AND execution.created_at >= {before queued_run.asked_at, 1}
    LEFT JOIN queued_run other ON other.trigger_id = execution.trigger_id
    WHERE queued_run.trigger_id IS NULL
      AND execution.trigger_id IS NOT NULL
      AND other.job_id IS NULL
)
SELECT organisation.name AS organisation,
       job.name AS job,
       queued_run.job_id,
       queued_run.asked_at AS asked_at_utc,
       queued_run.trigger_id,
       queued_run.settled_at AS settled_at_utc,
       found.found_by,
       execution.execution_id,
       execution.trigger_id AS execution_trigger_id,
       execution.state,
       execution.created_at AS created_at_utc,
       execution.ended_at AS ended_at_utc
FROM queued_run
LEFT JOIN job ON job.job_id = queued_run.job_id
LEFT JOIN organisation ON organisation.organisation_key = job.organisation_key
LEFT JOIN found ON found.job_id = queued_run.job_id AND found.asked_at = queued_run.asked_at
LEFT JOIN execution ON execution.execution_key = found.execution_key
ORDER BY queued_run.asked_at DESC, queued_run.job_id, execution.created_at, execution.execution_id
