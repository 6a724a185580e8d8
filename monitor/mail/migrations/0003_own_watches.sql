-- Watches of subscribers' own. Who looks for what is personal: the queries, and what they match, never enter archive.db.

-- One query of one person. A subscription to `own:<id>` says how often; it goes when that goes.
CREATE TABLE own_watches (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  title         TEXT NOT NULL,
  query         TEXT NOT NULL,               -- in the watch language
  created_at    TEXT NOT NULL
) STRICT;
CREATE INDEX own_watches_of ON own_watches (subscriber_id);
CREATE TRIGGER own_watches_end AFTER DELETE ON subscriptions WHEN old.watch GLOB 'own:*'
  BEGIN DELETE FROM own_watches WHERE id = CAST(substr(old.watch, 5) AS INTEGER); END;

-- Every edit of a query, in sequence: by it the worker keeps its standing queries up to date.
CREATE TABLE own_edits (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  own_watch_id INTEGER NOT NULL
) STRICT;
CREATE TRIGGER own_watches_added AFTER INSERT ON own_watches
  BEGIN INSERT INTO own_edits (own_watch_id) VALUES (new.id); END;
CREATE TRIGGER own_watches_removed AFTER DELETE ON own_watches
  BEGIN INSERT INTO own_edits (own_watch_id) VALUES (old.id); END;

-- All queries as they stood after an edit, in the saved form of the standing queries, to start from. At most one row.
CREATE TABLE own_index (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  edit_id INTEGER NOT NULL,
  program TEXT NOT NULL,                     -- the version that saved it
  form    BLOB NOT NULL
) STRICT;

-- What own watches have matched. `id` is the sequence that `covered_to` of their subscriptions counts in; `change_id` is one
-- of archive.db.
CREATE TABLE own_matches (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  own_watch_id INTEGER NOT NULL REFERENCES own_watches (id) ON DELETE CASCADE,
  change_id    INTEGER NOT NULL,
  matched_at   TEXT NOT NULL,
  hits         TEXT NOT NULL,                -- JSON [[term, field, start, end, attachment], …]
  snippet      TEXT NOT NULL,
  UNIQUE (own_watch_id, change_id)
) STRICT;
CREATE INDEX own_matches_change ON own_matches (change_id);

-- How far the sequences of archive.db were held against own watches.
CREATE TABLE own_progress (
  tray TEXT PRIMARY KEY,
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
