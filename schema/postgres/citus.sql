-- Spreads a warehouse over the nodes of a Citus cluster. Not a migration: an administrator runs it
-- once on the coordinator, after 'tidemark migrate' and while no sync runs:
--
--   psql --set ON_ERROR_STOP=1 --set schema=tidemark --file schema/postgres/citus.sql DATABASE
--
-- Executions, their logs and their task runs are distributed by execution_key, so that one
-- execution's rows are on one node; the small tables are on every node. Foreign keys are dropped
-- before and put back afterwards, because Citus wants both of their ends in place. UNIQUE
-- (execution_id) goes for good: Citus keeps only constraints that hold the distribution column.
--
-- A table that a later 'tidemark migrate' adds is on the coordinator only, until somebody calls
-- create_reference_table for it.
--
-- Written against the statements that were tried on a cluster of three nodes with tables of this
-- shape (COPY, temporary staging, upserts, foreign keys added after distributing, the joins); as a
-- whole it has only been run on a plain PostgreSQL with functions of these names that do nothing.

\if :{?schema}
\else
    \set schema tidemark
\endif

BEGIN;
SET LOCAL search_path = :"schema";

ALTER TABLE job DROP CONSTRAINT job_organisation_key_fkey;
ALTER TABLE execution DROP CONSTRAINT execution_job_key_fkey;
ALTER TABLE data_source DROP CONSTRAINT data_source_organisation_key_fkey;
ALTER TABLE transfer_task DROP CONSTRAINT transfer_task_data_source_key_fkey;
ALTER TABLE transfer_task DROP CONSTRAINT transfer_task_organisation_key_fkey;
ALTER TABLE task_run DROP CONSTRAINT task_run_execution_key_fkey;
ALTER TABLE task_run DROP CONSTRAINT task_run_transfer_task_key_fkey;
ALTER TABLE watermark DROP CONSTRAINT watermark_job_key_fkey;
ALTER TABLE sync_run DROP CONSTRAINT sync_run_organisation_key_fkey;
ALTER TABLE sync_job DROP CONSTRAINT sync_job_sync_run_key_fkey;
ALTER TABLE sync_job DROP CONSTRAINT sync_job_job_key_fkey;
ALTER TABLE rejected_record DROP CONSTRAINT rejected_record_job_key_fkey;
ALTER TABLE rejected_record DROP CONSTRAINT rejected_record_sync_run_key_fkey;
ALTER TABLE history_gap DROP CONSTRAINT history_gap_job_key_fkey;
ALTER TABLE history_gap DROP CONSTRAINT history_gap_sync_run_key_fkey;
ALTER TABLE message_shape DROP CONSTRAINT message_shape_organisation_key_fkey;
ALTER TABLE message_shape_job DROP CONSTRAINT message_shape_job_job_key_fkey;

ALTER TABLE execution DROP CONSTRAINT execution_execution_id_key;
CREATE INDEX execution_by_id ON execution (execution_id);

SELECT create_reference_table('schema_migration');
SELECT create_reference_table('setting');
SELECT create_reference_table('organisation');
SELECT create_reference_table('job');
SELECT create_reference_table('data_source');
SELECT create_reference_table('transfer_task');
SELECT create_reference_table('watermark');
SELECT create_reference_table('sync_run');
SELECT create_reference_table('sync_job');
SELECT create_reference_table('rejected_record');
SELECT create_reference_table('history_gap');
SELECT create_reference_table('message_shape');
SELECT create_reference_table('message_shape_job');
SELECT create_reference_table('message_template');
SELECT create_reference_table('calendar_day');
SELECT create_reference_table('unknown_row');

SELECT create_distributed_table('execution', 'execution_key');
SELECT create_distributed_table('execution_log', 'execution_key', colocate_with => 'execution');
SELECT create_distributed_table('task_run', 'execution_key', colocate_with => 'execution');

ALTER TABLE job ADD FOREIGN KEY (organisation_key) REFERENCES organisation;
ALTER TABLE execution ADD FOREIGN KEY (job_key) REFERENCES job;
ALTER TABLE data_source ADD FOREIGN KEY (organisation_key) REFERENCES organisation;
ALTER TABLE transfer_task ADD FOREIGN KEY (data_source_key) REFERENCES data_source;
ALTER TABLE transfer_task ADD FOREIGN KEY (organisation_key) REFERENCES organisation;
ALTER TABLE task_run ADD FOREIGN KEY (execution_key) REFERENCES execution;
ALTER TABLE task_run ADD FOREIGN KEY (transfer_task_key) REFERENCES transfer_task;
ALTER TABLE watermark ADD FOREIGN KEY (job_key) REFERENCES job;
ALTER TABLE sync_run ADD FOREIGN KEY (organisation_key) REFERENCES organisation;
ALTER TABLE sync_job ADD FOREIGN KEY (sync_run_key) REFERENCES sync_run;
ALTER TABLE sync_job ADD FOREIGN KEY (job_key) REFERENCES job;
ALTER TABLE rejected_record ADD FOREIGN KEY (job_key) REFERENCES job;
ALTER TABLE rejected_record ADD FOREIGN KEY (sync_run_key) REFERENCES sync_run;
ALTER TABLE history_gap ADD FOREIGN KEY (job_key) REFERENCES job;
ALTER TABLE history_gap ADD FOREIGN KEY (sync_run_key) REFERENCES sync_run;
ALTER TABLE message_shape ADD FOREIGN KEY (organisation_key) REFERENCES organisation;
ALTER TABLE message_shape_job ADD FOREIGN KEY (job_key) REFERENCES job;

COMMIT;
