-- Transcripts: written statements as Hansard prints them, each state once. They belong to the publication with the same
-- number and day, which may come later than they do, so they are joined when they are read.
CREATE TABLE transcripts (
  id           INTEGER PRIMARY KEY,
  identifier   TEXT NOT NULL,              -- 'HCWS293'
  dated_on     TEXT NOT NULL,
  house        TEXT NOT NULL,
  title        TEXT NOT NULL,
  text         TEXT NOT NULL,              -- sub-edited; one block a line
  volume       INTEGER,
  column_label TEXT,                       -- where it begins: '45WS'; null where the print does not show it
  ext_id       TEXT NOT NULL,              -- Hansard's own id of the section
  url          TEXT NOT NULL,
  updated_at   TEXT,                       -- the publisher's claim
  retrieved_at TEXT NOT NULL,
  sha256       TEXT NOT NULL REFERENCES captures (sha256)
) STRICT;
CREATE INDEX transcripts_statement ON transcripts (identifier COLLATE NOCASE, dated_on, id);
CREATE TRIGGER transcripts_are_append_only BEFORE UPDATE ON transcripts
  BEGIN SELECT RAISE (ABORT, 'transcripts are append-only'); END;
CREATE TRIGGER transcripts_are_kept BEFORE DELETE ON transcripts
  BEGIN SELECT RAISE (ABORT, 'transcripts are append-only'); END;

-- How written statements are cited: the newest place in Hansard, where there is one yet.
CREATE VIEW citations AS
  SELECT p.key, p.identifier, p.title, p.department, p.minister, p.house, p.dated_on, t.volume, t.column_label,
         t.url AS hansard_url, p.url
  FROM publications p LEFT JOIN transcripts t ON t.id = (
    SELECT max(n.id) FROM transcripts n
    WHERE n.identifier = p.identifier COLLATE NOCASE AND n.dated_on = p.dated_on)
  WHERE p.document_type = 'written_statement';
