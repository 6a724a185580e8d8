-- Words that many mails have in common are kept once: most of a digest is the same for everybody who is owed the same.

-- A stretch of bytes of at least one letter, known by its SHA-256. Packed with zlib. It goes with the last letter it is in.
CREATE TABLE shared_words (
  id     INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE,
  words  BLOB NOT NULL
) STRICT;

-- Where shared words belong: before the byte `place` of the letter's own words; several at one place by their `number`.
-- `words_id` is one of shared_words. No foreign key: each word that is dropped would have every letter searched for it.
CREATE TABLE letter_parts (
  outbox_id INTEGER NOT NULL REFERENCES letters (outbox_id) ON DELETE CASCADE,
  number    INTEGER NOT NULL,
  place     INTEGER NOT NULL,
  words_id  INTEGER NOT NULL,
  PRIMARY KEY (outbox_id, number)
) STRICT, WITHOUT ROWID;

-- Who was told what is always asked for a person, by the primary key.
DROP INDEX told_in;
