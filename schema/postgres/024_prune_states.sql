-- Other state codes make other states of the executions that were pruned.
ALTER TABLE prune_mark ADD COLUMN state_codes text COLLATE "C";
