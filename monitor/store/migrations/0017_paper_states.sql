-- Every state in which a paper came, by its bytes: what an attachment said before is compared with what it says now.
CREATE TABLE paper_states (
  url       TEXT NOT NULL,
  came_at   TEXT NOT NULL,                 -- when we first fetched it so
  sha256    TEXT NOT NULL,
  extractor TEXT NOT NULL,                 -- which reader read it
  PRIMARY KEY (url, came_at)
) STRICT, WITHOUT ROWID;
INSERT INTO paper_states
  SELECT url, fetched_at, sha256, extractor FROM papers WHERE sha256 IS NOT NULL AND fetched_at IS NOT NULL;
