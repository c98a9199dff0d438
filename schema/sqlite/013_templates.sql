-- A small key for each kind of message: shape_key is a hash of 64 bits, which JSON, Excel, JavaScript
-- and an ODBC driver without BigInt round or cut.

-- One row per kind of message, whichever organisation logs it, and one for a line without a kind.
CREATE TABLE message_template (
    template_key INTEGER PRIMARY KEY,    -- handed out in order, from 1; -1: the line has no kind
    shape_key    INTEGER NOT NULL UNIQUE -- the hash; 0 where there is none
);
INSERT INTO message_template (template_key, shape_key) VALUES (-1, 0);
INSERT INTO message_template (template_key, shape_key)
SELECT row_number() OVER (ORDER BY shape_key), shape_key
FROM (SELECT DISTINCT shape_key FROM message_shape) known;
