-- Every kind of message has a small key in message_template.
-- repair: INSERT INTO message_template (template_key, shape_key) SELECT (SELECT coalesce(max(template_key), 0) FROM message_template WHERE template_key > 0) + row_number() OVER (ORDER BY shape_key), shape_key FROM (SELECT DISTINCT shape_key FROM message_shape WHERE shape_key NOT IN (SELECT shape_key FROM message_template)) missing
SELECT s.organisation_key, s.shape_key
FROM message_shape s
WHERE NOT EXISTS (SELECT 1 FROM message_template t WHERE t.shape_key = s.shape_key)
