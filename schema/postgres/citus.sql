-- Lays a warehouse out over the nodes of a Citus cluster. Not a migration: 'tidemark migrate --citus' runs it,
-- in one transaction on the coordinator; what has its place already is left there.
--
-- The log lines are most of the bytes. They are spread by execution_key, so that one execution's lines are on one
-- node. Tables that views join to them are on every node. All others stay where they are, on the coordinator.
DO $$
DECLARE
    name text;
BEGIN
    -- Citus looks at each table's foreign keys; one connection per node sees the same of them
    SET LOCAL citus.multi_shard_modify_mode = 'sequential';
    FOREACH name IN ARRAY ARRAY[
        'organisation', 'job', 'execution', 'data_source', 'transfer_task', 'task_run',
        'message_shape', 'message_shape_job', 'message_template', 'calendar_day',
        'job_day', 'task_day', 'source_day'
    ] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_dist_partition
                       WHERE logicalrelid = name::regclass AND partmethod = 'n' AND repmodel = 't') THEN
            PERFORM create_reference_table(name);
        END IF;
    END LOOP;
    IF NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'execution_log'::regclass) THEN
        PERFORM create_distributed_table('execution_log', 'execution_key');
    END IF;
END
$$
