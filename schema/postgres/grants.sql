-- The roles of a Tidemark warehouse. For an administrator to run in the database {database}, once
-- or again: it changes only what is not so yet. Then give the roles passwords, for example with
-- \password in psql.
--
-- tidemark_loader runs 'tidemark sync': it owns the schema {schema} and nothing else.
-- tidemark_reader is for Power BI: it reads, and writes nothing.
DO $roles$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tidemark_loader') THEN
        CREATE ROLE tidemark_loader LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tidemark_reader') THEN
        CREATE ROLE tidemark_reader LOGIN;
    END IF;
END
$roles$;

GRANT CONNECT, TEMPORARY ON DATABASE {database} TO tidemark_loader;
GRANT CONNECT ON DATABASE {database} TO tidemark_reader;

-- Migrations and ANALYZE are for owners only, so what another role has made becomes the loader's.
CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION tidemark_loader;
ALTER SCHEMA {schema} OWNER TO tidemark_loader;
DO $owners$
DECLARE
    relation regclass;
BEGIN
    FOR relation IN
        SELECT c.oid FROM pg_class c
        WHERE c.relnamespace = (SELECT n.oid FROM pg_namespace n
                                WHERE quote_ident(n.nspname) = $schema${schema}$schema$)
          AND c.relkind IN ('r', 'p', 'v')
          AND c.relowner <> (SELECT r.oid FROM pg_roles r WHERE r.rolname = 'tidemark_loader')
    LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO tidemark_loader', relation);
    END LOOP;
END
$owners$;

GRANT USAGE ON SCHEMA {schema} TO tidemark_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO tidemark_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE tidemark_loader IN SCHEMA {schema}
    GRANT SELECT ON TABLES TO tidemark_reader;
