-- The promise ledger: documents that a statement says will be, are being or have just been published. None is ever deleted.
CREATE TABLE promises (
  id             INTEGER PRIMARY KEY,
  publication_id INTEGER NOT NULL REFERENCES publications (id),  -- the statement that promises
  version        INTEGER NOT NULL,                               -- the version that first said so
  quote          TEXT NOT NULL,                                  -- the sentence
  expected       TEXT NOT NULL,                                  -- the document's name
  places         TEXT NOT NULL,                                  -- JSON: gov.uk, web, libraries, laid, or none
  tense          TEXT NOT NULL CHECK (tense IN ('future', 'present', 'done')),
  due_text       TEXT,
  due_from       TEXT,
  due_by         TEXT,                                           -- the last day that keeps it; null where it is open
  publisher      TEXT,                                           -- where it is not the Minister's department
  opened_at      TEXT NOT NULL,
  status         TEXT NOT NULL CHECK (status IN ('open', 'possible', 'overdue', 'kept', 'refused')),
  score          REAL NOT NULL DEFAULT 0,
  kept_by        TEXT,                                           -- a key; while 'possible', the one to confirm or refuse
  evidence       TEXT NOT NULL DEFAULT '[]',                     -- JSON: the reasons, in words
  settled_at     TEXT,
  settled_by     TEXT CHECK (settled_by IN ('rule', 'operator')),
  asked_at       TEXT,                                           -- when the Search API was last asked for it
  UNIQUE (publication_id, expected, quote)
) STRICT;
CREATE INDEX promises_unsettled ON promises (status) WHERE status IN ('open', 'possible', 'overdue');
CREATE INDEX promises_kept_by ON promises (kept_by) WHERE kept_by IS NOT NULL;

-- Publications that an operator said do not keep a promise: not to be proposed again.
CREATE TABLE refusals (
  promise_id INTEGER NOT NULL REFERENCES promises (id),
  key        TEXT NOT NULL,
  PRIMARY KEY (promise_id, key)
) STRICT, WITHOUT ROWID;

CREATE VIEW promises_open AS
  SELECT p.id, s.identifier, s.title AS statement, s.department, s.dated_on, p.expected, p.quote, p.due_text, p.due_by,
         p.status, p.kept_by, p.score
  FROM promises p JOIN publications s ON s.id = p.publication_id
  WHERE p.status IN ('open', 'possible', 'overdue');
CREATE VIEW statement_publications AS
  SELECT s.dated_on, s.identifier, s.title AS statement, s.minister, p.expected, d.title AS publication,
         d.document_type, d.url, p.settled_at, s.first_seen_at,
         round((julianday(coalesce(d.published_at, d.first_seen_at)) - julianday(s.first_seen_at)) * 24, 1) AS hours_after
  FROM promises p JOIN publications s ON s.id = p.publication_id JOIN publications d ON d.key = p.kept_by
  WHERE p.status = 'kept';
