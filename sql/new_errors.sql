-- Which errors are new tonight? Of the new kinds of message those that a rule takes for a failure,
-- and of those that no rule takes for anything the ones whose first line stands in a failed
-- execution and that no completed execution logged (evidence 'failed execution'), or whose
-- severity is the largest of all, when most lines have a smaller one (evidence 'severity').
-- uses: new_shapes
WITH severity AS (
    SELECT organisation_key, worst_severity, sum(line_count) AS line_count
    FROM message_shape
    GROUP BY organisation_key, worst_severity
),
ranked AS (
    SELECT organisation_key, worst_severity AS usual_severity,
           max(worst_severity) OVER (PARTITION BY organisation_key) AS largest_severity,
           row_number() OVER (PARTITION BY organisation_key
                              ORDER BY line_count DESC, worst_severity DESC) AS place
    FROM severity
),
fresh AS MATERIALIZED (
    SELECT organisation.name AS organisation, shape.*, execution.execution_id, execution.state,
           job.name AS job, job.job_id
    FROM new_shapes
    JOIN organisation ON organisation.name = new_shapes.organisation
    JOIN message_shape shape ON shape.organisation_key = organisation.organisation_key
        AND shape.shape_key = new_shapes.shape_key
    LEFT JOIN execution ON execution.execution_key = shape.execution_key
    LEFT JOIN job ON job.job_key = execution.job_key
),
suspect AS MATERIALIZED (
    SELECT organisation_key, shape_key, first_seen_at
    FROM fresh
    WHERE outcome IS NULL AND state = 'failed'
),
-- of each job that logs one: its lines since are gone through once, for all of them
span AS MATERIALIZED (
    SELECT of_job.organisation_key, of_job.job_key, min(suspect.first_seen_at) AS since
    FROM suspect
    JOIN message_shape_job of_job ON of_job.organisation_key = suspect.organisation_key
        AND of_job.shape_key = suspect.shape_key
    GROUP BY of_job.organisation_key, of_job.job_key
),
-- BETWEEN, + 0 and IS TRUE, though it is one key: so PostgreSQL can only go from each execution to its
-- lines by their index, whatever it thinks of their number, and never through all lines
completed AS MATERIALIZED (
    SELECT span.organisation_key, execution_log.shape_key, max(execution.ended_at) AS last_ended_at
    FROM span
    JOIN execution ON execution.job_key = span.job_key AND execution.state = 'completed'
        AND execution.ended_at >= span.since
    JOIN execution_log ON execution_log.execution_key
        BETWEEN execution.execution_key + 0 AND execution.execution_key + 0
    WHERE (execution_log.shape_key IN (SELECT shape_key FROM suspect)) IS TRUE
    GROUP BY span.organisation_key, execution_log.shape_key
),
judged AS (
    SELECT fresh.*,
           CASE WHEN fresh.outcome = 'failed' THEN 'rule'
                WHEN fresh.outcome IS NOT NULL THEN NULL
                WHEN fresh.state = 'failed'
                 AND (completed.last_ended_at IS NULL
                      OR completed.last_ended_at < fresh.first_seen_at) THEN 'failed execution'
                WHEN fresh.worst_severity = ranked.largest_severity
                 AND fresh.worst_severity > ranked.usual_severity THEN 'severity' END AS evidence
    FROM fresh
    JOIN ranked ON ranked.organisation_key = fresh.organisation_key AND ranked.place = 1
    LEFT JOIN completed ON completed.organisation_key = fresh.organisation_key
        AND completed.shape_key = fresh.shape_key
)
SELECT organisation,
       job,
       job_id,
       first_seen_at AS first_seen_at_utc,
       line_count,
       evidence,
       worst_severity,
       mask AS message,
       example,
       rule,
       execution_id,
       shape_key
FROM judged
WHERE evidence IS NOT NULL
ORDER BY first_seen_at DESC, line_count DESC, shape_key
