-- The file is sound, and its indexes agree with its tables: SQLite's own integrity check.
-- repair: restore a backup, or save what can be read with 'sqlite3 FILE .recover'
SELECT integrity_check AS problem
FROM pragma_integrity_check
WHERE integrity_check <> 'ok'
