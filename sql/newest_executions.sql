-- When did the newest execution of each organisation begin? Views that look back count from it. One
-- that is dated ahead of the clock does not count.
SELECT organisation.organisation_key,
       organisation.name AS organisation,
       max((SELECT e.created_at FROM execution e
            WHERE e.job_key = job.job_key
              AND (e.doubtful_after IS NULL OR e.created_at <= e.doubtful_after)
            ORDER BY e.created_at DESC LIMIT 1)) AS created_at_utc
FROM organisation
LEFT JOIN job ON job.organisation_key = organisation.organisation_key
GROUP BY organisation.organisation_key, organisation.name
ORDER BY organisation.name
