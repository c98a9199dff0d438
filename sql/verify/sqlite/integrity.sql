-- The file is sound: SQLite's own integrity check, which also looks at indexes and constraints.
-- repair: restore a backup, or save what can be read with 'sqlite3 FILE .recover'
SELECT integrity_check AS problem
FROM pragma_integrity_check
WHERE integrity_check <> 'ok'
