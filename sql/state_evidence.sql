-- Which state codes have executions with an end, and which without one? What proves or contradicts
-- [source.states]; asked by every sync, so it looks at no more than one execution per job and code.
WITH RECURSIVE code AS (
    SELECT job.job_key, job.organisation_key,
           (SELECT min(e.state_code) FROM execution e WHERE e.job_key = job.job_key) AS state_code
    FROM job
    UNION ALL
    SELECT code.job_key, code.organisation_key,
           (SELECT min(e.state_code) FROM execution e
            WHERE e.job_key = code.job_key AND e.state_code > code.state_code)
    FROM code
    WHERE code.state_code IS NOT NULL
),
seen AS (
    SELECT code.organisation_key, code.state_code,
           CASE WHEN EXISTS (SELECT 1 FROM execution e
                             WHERE e.job_key = code.job_key AND e.state_code = code.state_code
                               AND e.ended_at IS NOT NULL) THEN 1 ELSE 0 END AS with_end,
           CASE WHEN EXISTS (SELECT 1 FROM execution e
                             WHERE e.job_key = code.job_key AND e.state_code = code.state_code
                               AND e.ended_at IS NULL) THEN 1 ELSE 0 END AS without_end
    FROM code
    WHERE code.state_code IS NOT NULL
)
SELECT organisation.name AS organisation,
       seen.state_code,
       max(seen.with_end) AS with_end,
       max(seen.without_end) AS without_end
FROM seen
JOIN organisation ON organisation.organisation_key = seen.organisation_key
GROUP BY organisation.name, seen.state_code
ORDER BY organisation.name, seen.state_code
