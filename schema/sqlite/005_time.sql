-- Power BI's incremental refresh asks for spans of created_at_utc.
CREATE INDEX execution_by_time ON execution (created_at);
