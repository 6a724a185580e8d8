-- The chain of hashes: each link covers the one before it and one record, so that no record can be changed, taken out or put
-- elsewhere unseen. See monitor/store/chain.py.
CREATE TABLE chain (
  id            INTEGER PRIMARY KEY,       -- its place, from 1, none left out
  version_id    INTEGER UNIQUE REFERENCES versions (id),
  transcript_id INTEGER UNIQUE REFERENCES transcripts (id),
  paper_url     TEXT,                      -- or a state of an attachment
  came_at       TEXT,
  sha256        TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
  UNIQUE (paper_url, came_at),
  CHECK ((version_id IS NOT NULL) + (transcript_id IS NOT NULL) + (paper_url IS NOT NULL AND came_at IS NOT NULL) = 1)
) STRICT;
CREATE TRIGGER chain_is_append_only BEFORE UPDATE ON chain
  BEGIN SELECT RAISE (ABORT, 'the chain is append-only'); END;
CREATE TRIGGER chain_is_kept BEFORE DELETE ON chain
  BEGIN SELECT RAISE (ABORT, 'the chain is append-only'); END;

-- Records that have come and are in no link yet, in the order they came.
CREATE TABLE unlinked (
  id            INTEGER PRIMARY KEY,
  version_id    INTEGER,
  transcript_id INTEGER,
  paper_url     TEXT,
  came_at       TEXT
) STRICT;
INSERT INTO unlinked (version_id) SELECT id FROM versions ORDER BY id;
INSERT INTO unlinked (transcript_id) SELECT id FROM transcripts ORDER BY id;
INSERT INTO unlinked (paper_url, came_at) SELECT url, came_at FROM paper_states ORDER BY came_at, url;
CREATE TRIGGER versions_are_linked AFTER INSERT ON versions
  BEGIN INSERT INTO unlinked (version_id) VALUES (new.id); END;
CREATE TRIGGER transcripts_are_linked AFTER INSERT ON transcripts
  BEGIN INSERT INTO unlinked (transcript_id) VALUES (new.id); END;
CREATE TRIGGER papers_are_linked AFTER INSERT ON paper_states
  BEGIN INSERT INTO unlinked (paper_url, came_at) VALUES (new.url, new.came_at); END;
