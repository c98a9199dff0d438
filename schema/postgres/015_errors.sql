-- An error of many lines is kept whole, and shown by its first line. A message may give it a code.
ALTER TABLE task_run ADD COLUMN error_code text;
ALTER TABLE task_run ADD COLUMN error_line text
    GENERATED ALWAYS AS
        (rtrim(split_part(ltrim(error_message, E'\t\n\r '), E'\n', 1), E'\t\r ')) STORED;

