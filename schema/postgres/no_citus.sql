-- Takes a warehouse back from the nodes of a Citus cluster. Not a migration: 'tidemark migrate --no-citus' runs it,
-- in one transaction on the coordinator.
DO $$
DECLARE
    name text;
BEGIN
    SET LOCAL citus.multi_shard_modify_mode = 'sequential';
    LOOP
        SELECT p.logicalrelid::text INTO name
        FROM pg_dist_partition p
        JOIN pg_class c ON c.oid = p.logicalrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = current_schema()
        ORDER BY c.relname = 'execution_log' DESC, c.relname
        LIMIT 1;
        EXIT WHEN name IS NULL;
        PERFORM undistribute_table(name, cascade_via_foreign_keys => name <> 'execution_log');
    END LOOP;
END
$$
