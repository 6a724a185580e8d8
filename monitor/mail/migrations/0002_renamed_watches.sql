-- Watches that have another name now. A link to stop in an old mail still names the old one.
CREATE TABLE renamed_watches (
  was TEXT PRIMARY KEY,
  now TEXT NOT NULL,
  at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
