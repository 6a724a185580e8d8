-- Departments as their publishers list them: Parliament's answering bodies and GOV.UK's organisations, joined by `key`.
CREATE TABLE departments (
  publisher     TEXT NOT NULL CHECK (publisher IN ('parliament', 'govuk')),
  id            TEXT NOT NULL,             -- Parliament's number, GOV.UK's slug
  name          TEXT NOT NULL,
  kind          TEXT NOT NULL,             -- 'Answering body', 'Ministerial department', …
  abbreviation  TEXT NOT NULL,
  state         TEXT NOT NULL,             -- 'live', or how it ended: 'replaced', 'merged', …
  successors    TEXT NOT NULL,             -- JSON: ids of what it became
  key           TEXT,                      -- the department of the monitor's table; null where it is not in it
  first_seen_at TEXT NOT NULL,
  seen_at       TEXT NOT NULL,             -- when it was listed last
  PRIMARY KEY (publisher, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX departments_key ON departments (key);
