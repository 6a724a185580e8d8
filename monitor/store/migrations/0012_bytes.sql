-- The sum of what was captured is asked for by `monitor status`; the bytes themselves lie between the numbers.
CREATE INDEX captures_bytes ON captures (bytes);
