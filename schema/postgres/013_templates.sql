-- A small key for each kind of message: shape_key is a hash of 64 bits, which JSON, Excel and JavaScript
-- round.

CREATE TABLE message_template (
    template_key integer PRIMARY KEY,
    shape_key    bigint NOT NULL UNIQUE
);
INSERT INTO message_template (template_key, shape_key) VALUES (-1, 0);
INSERT INTO message_template (template_key, shape_key)
SELECT row_number() OVER (ORDER BY shape_key), shape_key
FROM (SELECT DISTINCT shape_key FROM message_shape) known;
