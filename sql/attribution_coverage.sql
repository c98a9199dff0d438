-- How much of what is logged becomes an answer, per organisation? Data sources by their state
-- (retired ones count in none), tasks that belong to none, and of the last 30 days of the history:
-- kinds of message that no rule knows, how many of those are about a task, how many are new since the
-- last sync, and ended runs of tasks of which no message told an outcome. `wording_changed_at_utc`: that
-- sync told that a known wording fell silent, and no rule knows the one that came with it yet.
-- uses: last_successful_load, late_sources, message_kinds
WITH source AS (
    SELECT load.organisation,
           sum(CASE WHEN load.is_retired = 0 THEN 1 ELSE 0 END) AS sources,
           sum(CASE WHEN load.is_retired = 0 AND load.last_success_at_utc IS NULL
                    THEN 1 ELSE 0 END) AS never_loaded,
           sum(CASE WHEN load.is_retired = 0 AND load.last_success_at_utc IS NOT NULL
                         AND late.data_source IS NOT NULL THEN 1 ELSE 0 END) AS late,
           sum(CASE WHEN load.is_retired = 0 AND load.last_success_at_utc IS NOT NULL
                         AND late.data_source IS NULL AND load.max_age_hours IS NULL
                    THEN 1 ELSE 0 END) AS without_limit
    FROM last_successful_load load
    LEFT JOIN late_sources late ON late.organisation = load.organisation
        AND late.data_source = load.data_source
    GROUP BY load.organisation
),
task AS (
    SELECT organisation_key, count(*) AS tasks_without_source
    FROM transfer_task
    WHERE data_source_key IS NULL
      AND EXISTS (SELECT 1 FROM task_run
                  WHERE task_run.transfer_task_key = transfer_task.transfer_task_key
                    AND task_run.kind <> 'execution package')
    GROUP BY organisation_key
),
kind AS (
    SELECT organisation_key,
           count(*) AS kinds,
           sum(CASE WHEN rule IS NULL THEN 1 ELSE 0 END) AS without_rule,
           sum(CASE WHEN rule IS NULL THEN is_about_a_task ELSE 0 END) AS about_tasks,
           sum(CASE WHEN rule IS NULL THEN is_new ELSE 0 END) AS new_kinds
    FROM message_kinds
    GROUP BY organisation_key
),
changed AS (
    SELECT organisation.organisation_key, organisation.wording_changed_at
    FROM organisation
    WHERE EXISTS (SELECT 1 FROM message_kinds
                  WHERE message_kinds.organisation_key = organisation.organisation_key
                    AND message_kinds.outcome IS NULL AND message_kinds.is_about_a_task = 1
                    AND message_kinds.known_since_utc <= {utc organisation.wording_changed_at}
                    AND message_kinds.known_since_utc >=
                        {before {utc organisation.wording_changed_at}, 48})
),
recent AS (
    SELECT organisation_key,
           {before max(last_seen_at), 720} AS since
    FROM message_shape
    GROUP BY organisation_key
),
run AS (
    SELECT job.organisation_key, count(*) AS without_outcome
    FROM task_run
    JOIN execution ON execution.execution_key = task_run.execution_key
        AND execution.ended_at IS NOT NULL
    JOIN job ON job.job_key = execution.job_key
    JOIN recent ON recent.organisation_key = job.organisation_key
        AND task_run.heard_at >= recent.since
    WHERE task_run.outcome IN ('started', 'unknown')
    GROUP BY job.organisation_key
)
SELECT organisation.name AS organisation,
       coalesce(source.sources, 0) AS sources,
       coalesce(source.sources - source.late - source.never_loaded - source.without_limit, 0)
           AS sources_fresh,
       coalesce(source.without_limit, 0) AS sources_without_limit,
       coalesce(source.late, 0) AS sources_late,
       coalesce(source.never_loaded, 0) AS sources_never_loaded,
       coalesce(task.tasks_without_source, 0) AS tasks_without_source,
       coalesce(run.without_outcome, 0) AS runs_without_outcome,
       coalesce(kind.kinds, 0) AS kinds_of_message,
       coalesce(kind.without_rule, 0) AS kinds_without_rule,
       coalesce(kind.about_tasks, 0) AS kinds_about_tasks_without_rule,
       coalesce(kind.new_kinds, 0) AS new_kinds_without_rule,
       changed.wording_changed_at AS wording_changed_at_utc
FROM organisation
LEFT JOIN source ON source.organisation = organisation.name
LEFT JOIN task ON task.organisation_key = organisation.organisation_key
LEFT JOIN kind ON kind.organisation_key = organisation.organisation_key
LEFT JOIN run ON run.organisation_key = organisation.organisation_key
LEFT JOIN changed ON changed.organisation_key = organisation.organisation_key
ORDER BY organisation.name
