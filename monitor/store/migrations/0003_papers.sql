-- Papers: the files that publications carry as attachments. Bytes are kept once, by SHA-256, in the folder of the config.
CREATE TABLE papers (
  url         TEXT PRIMARY KEY,
  sha256      TEXT,                        -- of the bytes; null until they came
  media_type  TEXT,                        -- by content, not by name
  bytes       INTEGER,
  pages       INTEGER,
  text_state  TEXT NOT NULL CHECK (text_state IN
                ('pending', 'extracted', 'no-text', 'encrypted', 'unsupported', 'too-large', 'damaged', 'refused')),
  reason      TEXT NOT NULL DEFAULT '',    -- why there is no text, or not yet
  extractor   TEXT NOT NULL DEFAULT '',
  attempts    INTEGER NOT NULL DEFAULT 0,
  fetched_at  TEXT,
  next_try_at TEXT                         -- null: nothing more to try
) STRICT;
CREATE INDEX papers_to_try ON papers (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX papers_sha256 ON papers (sha256);
CREATE INDEX attachments_url ON attachments (url);

-- The text of each paper, once, however many publications carry it.
CREATE TABLE paper_texts (
  id     INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  text   TEXT NOT NULL                     -- one block a line
) STRICT;
CREATE VIRTUAL TABLE paper_texts_fts USING fts5 (
  text, content="paper_texts", content_rowid="id", tokenize="porter unicode61 remove_diacritics 2");
