-- Every row that refers to another finds it: SQLite's own foreign key check.
-- repair: restore a backup; nothing that Tidemark writes breaks a reference
SELECT "table", rowid AS "row", parent AS refers_to
FROM pragma_foreign_key_check
