-- A corrected time zone moves executions, and the marks of those that were pruned with them.
ALTER TABLE prune_mark ADD COLUMN source_timezone TEXT; -- zone in which the pruned moments were read
