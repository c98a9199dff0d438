-- Which jobs seem to word their messages anew since the last sync? A kind of message that a rule
-- knows, logged in one of the last three executions before, is silent in all that came, while there
-- is a new kind in them, about a task, that no rule takes an outcome from.
-- uses: job_news, message_kinds
WITH still_logged AS (
    SELECT DISTINCT of_job.organisation_key, of_job.shape_key
    FROM message_shape_job of_job
    JOIN job_news ON job_news.job_key = of_job.job_key
        AND {utc of_job.last_seen_at} >= job_news.since_utc
),
silent AS (
    SELECT of_job.job_key, shape.mask, shape.rule,
           row_number() OVER (PARTITION BY of_job.job_key
               ORDER BY CASE WHEN shape.outcome = 'succeeded' THEN 0 ELSE 1 END,
                        of_job.line_count DESC, shape.shape_key) AS place
    FROM message_shape_job of_job
    JOIN job_news ON job_news.job_key = of_job.job_key
        AND {utc of_job.last_seen_at} >= job_news.before_utc
        AND {utc of_job.last_seen_at} < job_news.since_utc
    JOIN message_shape shape ON shape.organisation_key = of_job.organisation_key
        AND shape.shape_key = of_job.shape_key
    LEFT JOIN still_logged ON still_logged.organisation_key = of_job.organisation_key
        AND still_logged.shape_key = of_job.shape_key
    WHERE shape.rule IS NOT NULL
      AND coalesce(shape.outcome, '') <> 'failed'
      AND still_logged.shape_key IS NULL
),
appeared AS (
    SELECT of_job.job_key, kind.message,
           row_number() OVER (PARTITION BY of_job.job_key
               ORDER BY of_job.line_count DESC, kind.shape_key) AS place
    FROM message_kinds kind
    JOIN message_shape_job of_job ON of_job.organisation_key = kind.organisation_key
        AND of_job.shape_key = kind.shape_key
    JOIN job_news ON job_news.job_key = of_job.job_key
        AND {utc of_job.last_seen_at} >= job_news.since_utc
    WHERE kind.is_about_a_task = 1 AND kind.outcome IS NULL
      AND (kind.is_new = 1 OR {utc of_job.first_seen_at} >= job_news.since_utc)
)
SELECT news.organisation,
       news.job,
       silent.mask AS silent_message,
       silent.rule,
       appeared.message AS new_message,
       news.since_utc,
       news.job_id
FROM job_news news
JOIN silent ON silent.job_key = news.job_key AND silent.place = 1
JOIN appeared ON appeared.job_key = news.job_key AND appeared.place = 1
ORDER BY news.organisation, news.job, news.job_id
