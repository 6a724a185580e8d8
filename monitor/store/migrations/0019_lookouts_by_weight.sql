-- Lookouts say how much their words tell, as promises are settled by weights now. They are derived, and made again.
DROP TABLE lookouts;
CREATE TABLE lookouts (
  promise_id INTEGER NOT NULL REFERENCES promises (id),
  word       TEXT NOT NULL,                -- a stem; a number behind a #
  told       REAL NOT NULL,                -- how much the words of the name tell that must not be missing; 0: the name is bare
  bonus      REAL NOT NULL,                -- what else may speak for a document, because of how the promised one is named
  since      TEXT NOT NULL,                -- the first day on which a document may come out or change to keep it
  fades      TEXT NOT NULL,                -- the last day on which that speaks for a document
  PRIMARY KEY (promise_id, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX lookouts_word ON lookouts (word, told, bonus, since, fades);
UPDATE promises SET lookout = 0;
