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
judged AS (
    SELECT organisation.name AS organisation, shape.*, execution.execution_id,
           job.name AS job,
           CASE WHEN shape.outcome = 'failed' THEN 'rule'
                WHEN shape.outcome IS NOT NULL THEN NULL
                WHEN execution.state = 'failed' AND
                     (SELECT count(*)
                      FROM message_shape_job of_job
                      JOIN execution completed ON completed.job_key = of_job.job_key
                          AND completed.state = 'completed'
                          AND completed.ended_at >= shape.first_seen_at
                      JOIN execution_log ON execution_log.execution_key = completed.execution_key
                          AND execution_log.shape_key = shape.shape_key
                      WHERE of_job.organisation_key = shape.organisation_key
                        AND of_job.shape_key = shape.shape_key) = 0 THEN 'failed execution'
                WHEN shape.worst_severity = ranked.largest_severity
                 AND shape.worst_severity > ranked.usual_severity THEN 'severity' END AS evidence
    FROM new_shapes
    JOIN organisation ON organisation.name = new_shapes.organisation
    JOIN message_shape shape ON shape.organisation_key = organisation.organisation_key
        AND shape.shape_key = new_shapes.shape_key
    JOIN ranked ON ranked.organisation_key = shape.organisation_key AND ranked.place = 1
    LEFT JOIN execution ON execution.execution_key = shape.execution_key
    LEFT JOIN job ON job.job_key = execution.job_key
)
SELECT organisation,
       job,
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
