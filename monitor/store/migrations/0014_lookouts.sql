-- What an unsettled promise is found by when its document may have come: words that a title must share with it, and its number.
-- Derived from the promise, and made again where that, or the rules, have changed.
CREATE TABLE lookouts (
  promise_id INTEGER NOT NULL REFERENCES promises (id),
  word       TEXT NOT NULL,                -- a stem; a number behind a #
  subjects   INTEGER NOT NULL,             -- how many words of the name tell what it is about; 0 where its statement's title does
  kinds      INTEGER NOT NULL,             -- and how many merely of what kind it is
  since      TEXT NOT NULL,                -- the first day on which a document may come out or change to keep it
  fades      TEXT NOT NULL,                -- the last day on which that speaks for a document
  PRIMARY KEY (promise_id, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX lookouts_word ON lookouts (word, subjects, kinds, since, fades);

ALTER TABLE promises ADD COLUMN lookout INTEGER NOT NULL DEFAULT 0;   -- by which rules its lookout was made; 0: not yet
CREATE INDEX promises_lookout ON promises (status, lookout) WHERE status IN ('open', 'possible', 'overdue');
CREATE INDEX promises_due ON promises (due_by) WHERE status = 'open';
CREATE INDEX promises_opened ON promises (status, opened_at) WHERE status IN ('open', 'possible', 'overdue');

-- What was published since a day is found without reading everything.
CREATE INDEX publications_came ON publications (coalesce(updated_at, published_at, dated_on, first_seen_at));

-- Promises that have been held against everything are known by number, and no more by the time they were opened at.
INSERT INTO progress SELECT 'held', max(id) FROM promises HAVING count(*) > 0;
