-- Why a feed is asked next when it is, in words; and permanent redirects, believed once they were seen three times over a day.
ALTER TABLE feeds ADD COLUMN plan TEXT NOT NULL DEFAULT '';
CREATE TABLE redirects (
  url     TEXT PRIMARY KEY,                -- the address in the config
  to_url  TEXT NOT NULL,                   -- where it leads, for good (301, 308)
  since   TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  polls   INTEGER NOT NULL                 -- in a row
) STRICT, WITHOUT ROWID;
