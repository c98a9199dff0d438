-- By which state codes and zone were the stored executions read? source_timezone is empty where no
-- zone was needed, because every moment carries its own.
SELECT organisation.name AS organisation,
       execution.state_code,
       execution.state,
       coalesce(execution.source_timezone, organisation.source_timezone) AS source_timezone,
       count(*) AS executions
FROM execution
JOIN job ON job.job_key = execution.job_key
JOIN organisation ON organisation.organisation_key = job.organisation_key
GROUP BY organisation.name, execution.state_code, execution.state,
         coalesce(execution.source_timezone, organisation.source_timezone)
ORDER BY organisation.name, execution.state_code, execution.state, source_timezone
