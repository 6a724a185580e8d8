-- archive.db: the public record. No personal data of subscribers, so it can be published as it is.
-- Times are UTC text 'YYYY-MM-DDTHH:MM:SSZ', days 'YYYY-MM-DD', hashes lower-case hex SHA-256, JSON is text.

-- Where we stand with each feed between polls.
CREATE TABLE feeds (
  name         TEXT PRIMARY KEY,
  next_poll_at TEXT,
  baseline_at  TEXT,                       -- end of its first whole poll; null until then
  complete_at  TEXT,                       -- end of the last poll in which the list was read
  listed_at    TEXT,                       -- the newest time its publisher has put on the list
  entries      INTEGER NOT NULL DEFAULT 0, -- items on the list then
  failures     INTEGER NOT NULL DEFAULT 0, -- in a row
  failing_since TEXT,
  error        TEXT,
  ended        INTEGER NOT NULL DEFAULT 0 CHECK (ended IN (0, 1))
) STRICT;

-- Each spell in which a feed could not be read. A digest's coverage line is made of these.
CREATE TABLE faults (
  id    INTEGER PRIMARY KEY,
  feed  TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT,                              -- null while it lasts
  error TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX faults_open ON faults (feed) WHERE until IS NULL;

-- What to ask "has it changed?" with, for each address.
CREATE TABLE addresses (
  url           TEXT PRIMARY KEY,
  etag          TEXT,
  last_modified TEXT,
  body_sha256   TEXT
) STRICT, WITHOUT ROWID;

-- Addresses that answered 404: believed only after three polls over a day.
CREATE TABLE absences (
  url   TEXT PRIMARY KEY,
  since TEXT NOT NULL,
  polls INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a list said of each item when we last dealt with it. Unsettled ones are asked for again.
CREATE TABLE sightings (
  url      TEXT PRIMARY KEY,
  feed     TEXT NOT NULL,                  -- the one that showed it last
  reader   TEXT NOT NULL,
  stamp    TEXT NOT NULL,
  context  TEXT NOT NULL,                  -- what its reader must know beside the answer
  seen_at  TEXT NOT NULL,
  baseline INTEGER NOT NULL CHECK (baseline IN (0, 1)),
  settled  INTEGER NOT NULL CHECK (settled IN (0, 1)),
  attempts INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_unsettled ON sightings (feed) WHERE settled = 0;

-- Every exchange, also the one that changed nothing: it proves that we looked.
CREATE TABLE polls (
  id         INTEGER PRIMARY KEY,
  feed       TEXT NOT NULL,
  url        TEXT NOT NULL,
  polled_at  TEXT NOT NULL,
  outcome    TEXT NOT NULL CHECK (outcome IN ('new-content', 'same', 'not-modified', 'backed-off', 'failed', 'ended', 'gone')),
  status     INTEGER NOT NULL DEFAULT 0,   -- HTTP status; 0 where no answer came
  bytes      INTEGER NOT NULL DEFAULT 0,
  elapsed_ms INTEGER NOT NULL DEFAULT 0,
  error      TEXT
) STRICT;
CREATE INDEX polls_by_time ON polls (polled_at);

-- The exact bytes that versions were read from, zlib-compressed.
CREATE TABLE captures (
  sha256      TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  bytes       INTEGER NOT NULL,
  media_type  TEXT NOT NULL,
  captured_at TEXT NOT NULL,
  body        BLOB NOT NULL
) STRICT;

CREATE TABLE publications (
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL UNIQUE,      -- 'parliament:1943121', 'govuk:<content_id>:<locale>'
  url           TEXT NOT NULL,
  title         TEXT NOT NULL,
  document_type TEXT NOT NULL,
  publisher     TEXT NOT NULL CHECK (publisher IN ('govuk', 'parliament', 'other')),
  identifier    TEXT,                      -- 'HCWS293', 'CP 1210'
  department    TEXT,
  house         TEXT,
  minister      TEXT,
  role          TEXT,
  dated_on      TEXT,
  published_at  TEXT,                      -- the publisher's claim
  updated_at    TEXT,                      -- the publisher's claim
  newest_note_at TEXT,
  language      TEXT NOT NULL,
  status        TEXT NOT NULL CHECK (status IN ('live', 'withdrawn', 'gone', 'moved')),
  notice        TEXT NOT NULL DEFAULT '',
  licence       TEXT NOT NULL,
  feed          TEXT NOT NULL,             -- the one that first showed it
  first_seen_at TEXT NOT NULL,             -- our observation
  version       INTEGER NOT NULL,          -- number of the latest
  version_id    INTEGER NOT NULL,
  fingerprint   TEXT NOT NULL,
  next_look_at  TEXT
) STRICT;
CREATE INDEX publications_url ON publications (url);
CREATE INDEX publications_identifier ON publications (identifier COLLATE NOCASE, dated_on) WHERE identifier IS NOT NULL;
CREATE INDEX publications_date ON publications (dated_on DESC);
CREATE INDEX publications_look ON publications (next_look_at) WHERE next_look_at IS NOT NULL;

CREATE TABLE versions (
  id             INTEGER PRIMARY KEY,
  publication_id INTEGER NOT NULL REFERENCES publications (id) DEFERRABLE INITIALLY DEFERRED,
  number         INTEGER NOT NULL,
  retrieved_at   TEXT NOT NULL,
  fingerprint    TEXT NOT NULL,
  reading        TEXT NOT NULL,            -- by which edition of our readers the bytes became this text
  sha256         TEXT NOT NULL REFERENCES captures (sha256) DEFERRABLE INITIALLY DEFERRED,
  title          TEXT NOT NULL,
  summary        TEXT NOT NULL,
  text           TEXT NOT NULL,            -- one block a line
  notice         TEXT NOT NULL,
  words          INTEGER NOT NULL,
  note           TEXT NOT NULL,            -- the publisher's newest change note at the time
  UNIQUE (publication_id, number)
) STRICT;
CREATE TRIGGER versions_are_append_only BEFORE UPDATE ON versions
  BEGIN SELECT RAISE (ABORT, 'versions are append-only'); END;
CREATE TRIGGER versions_are_kept BEFORE DELETE ON versions
  BEGIN SELECT RAISE (ABORT, 'versions are append-only'); END;

CREATE TABLE attachments (
  publication_id INTEGER NOT NULL REFERENCES publications (id) DEFERRABLE INITIALLY DEFERRED,
  version        INTEGER NOT NULL,         -- the version that showed it
  position       INTEGER NOT NULL,
  attachment_id  TEXT NOT NULL,            -- the publisher's
  title          TEXT NOT NULL,
  url            TEXT NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('file', 'html', 'external')),
  media_type     TEXT,
  filename       TEXT,
  size           INTEGER,                  -- bytes, as the publisher says
  pages          INTEGER,
  paper_number   TEXT,
  isbn           TEXT,
  PRIMARY KEY (publication_id, version, position)
) STRICT, WITHOUT ROWID;

-- Ties between publications, and hyperlinks from their text. One end is a key where we know it, an address where not.
CREATE TABLE links (
  publication_id INTEGER NOT NULL REFERENCES publications (id) DEFERRABLE INITIALLY DEFERRED,
  target         TEXT NOT NULL,            -- a key or an address
  rel            TEXT NOT NULL,            -- cites, joint-statement, corrected-by, parent, part, superseded-by
  anchor         TEXT NOT NULL DEFAULT '',
  method         TEXT NOT NULL,            -- hyperlink, publisher
  confidence     REAL NOT NULL DEFAULT 1.0,
  version        INTEGER NOT NULL,         -- the version that first showed it
  PRIMARY KEY (publication_id, rel, target)
) STRICT;
CREATE INDEX links_target ON links (target);

CREATE TABLE changes (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,  -- the sequence that matching advances by
  publication_id INTEGER NOT NULL REFERENCES publications (id),
  kind           TEXT NOT NULL CHECK (kind IN
                   ('new', 'updated', 'corrected', 'withdrawn', 'restored', 'gone', 'moved', 'attachment-replaced',
                    'promise-kept', 'promise-overdue')),
  detected_at    TEXT NOT NULL,
  from_version   INTEGER,
  to_version     INTEGER NOT NULL,
  note           TEXT NOT NULL,
  announced      INTEGER NOT NULL CHECK (announced IN (0, 1)),
  material       INTEGER NOT NULL CHECK (material IN (0, 1)),
  words_added    INTEGER NOT NULL,
  words_removed  INTEGER NOT NULL,
  late           INTEGER NOT NULL CHECK (late IN (0, 1))
) STRICT;
CREATE INDEX changes_publication ON changes (publication_id);
CREATE INDEX changes_detected ON changes (detected_at DESC);

-- What a watch said when it matched.
CREATE TABLE watch_revisions (
  watch      TEXT NOT NULL,
  number     INTEGER NOT NULL,
  definition TEXT NOT NULL,                -- JSON
  created_at TEXT NOT NULL,
  PRIMARY KEY (watch, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE matches (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,      -- the sequence that digests advance by
  watch      TEXT NOT NULL,
  revision   INTEGER NOT NULL,
  change_id  INTEGER NOT NULL REFERENCES changes (id),
  matched_at TEXT NOT NULL,
  hits       TEXT NOT NULL,                -- JSON [[term, field, start, end], …]
  snippet    TEXT NOT NULL,
  UNIQUE (watch, change_id)
) STRICT;

-- How far each verb has read its tray.
CREATE INDEX matches_change ON matches (change_id);

CREATE TABLE progress (
  verb TEXT PRIMARY KEY,
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The search box: the latest version of each publication. Written by the recorder, not by triggers: those would need
-- trusted_schema. A row is taken out by the words it was put in with, which append-only versions still hold.
CREATE VIRTUAL TABLE latest_fts USING fts5 (
  title, summary, text, content="versions", content_rowid="id", tokenize="porter unicode61 remove_diacritics 2");

-- Views for people.
CREATE VIEW latest AS
  SELECT p.key, p.identifier, p.title, p.document_type, p.department, p.house, p.minister, p.dated_on, p.status, p.url,
         p.first_seen_at, p.version AS versions, v.retrieved_at, v.words, v.text
  FROM publications p JOIN versions v ON v.id = p.version_id;
CREATE VIEW change_feed AS
  SELECT c.id, c.detected_at, c.kind, p.key, p.identifier, p.title, p.department, c.note, c.announced, c.material,
         c.words_added, c.words_removed, p.url
  FROM changes c JOIN publications p ON p.id = c.publication_id;
CREATE VIEW feed_health AS
  SELECT f.name, f.complete_at, f.failures, f.failing_since, f.error, f.next_poll_at, f.ended, f.entries FROM feeds f;
