-- Which state codes does the source use, and does [source.states] fit them? A code of executions
-- that have no end is the one for running.
SELECT organisation.name AS organisation,
       execution.state_code,
       execution.state,
       count(*) AS executions,
       count(*) FILTER (WHERE execution.ended_at IS NULL) AS without_end,
       max(execution.created_at) FILTER (WHERE execution.doubtful_after IS NULL
           OR execution.created_at <= execution.doubtful_after) AS newest_created_at_utc
FROM execution
JOIN job ON job.job_key = execution.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
GROUP BY organisation.name, execution.state_code, execution.state
ORDER BY organisation.name, execution.state_code, execution.state
