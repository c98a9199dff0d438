-- By which configuration the stored history was read, so that a correction can be told from it.

ALTER TABLE execution ADD COLUMN source_timezone text COLLATE "C";
COMMENT ON COLUMN execution.source_timezone IS 'zone in which those of its moments were read that carry none; empty when all do; null: stored by an older version, in organisation.source_timezone';
COMMENT ON COLUMN execution.changed_at IS 'when a sync last found it new or changed, or today''s configuration was applied to it and changed it';

ALTER TABLE organisation ADD COLUMN source_timezone text COLLATE "C";
ALTER TABLE organisation ADD COLUMN read_fingerprint text COLLATE "C";
COMMENT ON COLUMN organisation.source_timezone IS 'zone in which executions were read that name none themselves; null: no sync has known it yet';
COMMENT ON COLUMN organisation.read_fingerprint IS 'of the state codes and the zone that all of its executions were read with; null: not known';
