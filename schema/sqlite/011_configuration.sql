-- By which configuration the stored history was read, so that a correction can be told from it.

-- zone in which those of its moments were read that carry none; '' when all do; null: stored by an
-- older version, in organisation.source_timezone
ALTER TABLE execution ADD COLUMN source_timezone TEXT;

-- zone in which executions were read that name none themselves; null: no sync has known it yet
ALTER TABLE organisation ADD COLUMN source_timezone TEXT;
-- of the state codes and the zone that all of its executions were read with; null: not known
ALTER TABLE organisation ADD COLUMN read_fingerprint TEXT;
