-- An error of many lines is kept whole, and shown by its first line. A message may give it a code.
ALTER TABLE task_run ADD COLUMN error_code TEXT; -- such as the number of an SQL error, as it is worded

-- The first line of error_message.
ALTER TABLE task_run ADD COLUMN error_line TEXT GENERATED ALWAYS AS
    (rtrim(substr(ltrim(error_message, char(9, 10, 13, 32)), 1,
                  instr(ltrim(error_message, char(9, 10, 13, 32)) || char(10), char(10)) - 1),
           char(9, 13, 32))) VIRTUAL;
