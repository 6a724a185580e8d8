-- mail.db: personal data, mode 0600, never published, never joined to archive.db. Times are `YYYY-MM-DDTHH:MM:SSZ`, UTC.

-- Secrets made on this machine: `instance` signs tokens and Message-IDs, `suppression` hashes erased addresses.
CREATE TABLE keys (
  purpose TEXT PRIMARY KEY CHECK (purpose IN ('instance', 'suppression')),
  key     BLOB NOT NULL CHECK (length(key) >= 32)
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: the number of an erased person is never given to another, because Message-IDs and tokens hang on it.
CREATE TABLE subscribers (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  email        TEXT NOT NULL,                -- as it was typed
  email_key    TEXT NOT NULL UNIQUE,         -- as it is compared: domain in lower-case ASCII (IDNA)
  state        TEXT NOT NULL CHECK (state IN ('pending', 'active', 'paused', 'suspended', 'ended')),
  created_at   TEXT NOT NULL,
  confirmed_at TEXT,
  paused_until TEXT,                         -- NULL: until they say so
  format       TEXT NOT NULL DEFAULT 'html' CHECK (format IN ('html', 'text')),
  timezone     TEXT,                         -- NULL: the one of the config
  language     TEXT NOT NULL DEFAULT 'en-GB',
  working_days INTEGER NOT NULL DEFAULT 0 CHECK (working_days IN (0, 1)),
  heartbeat    INTEGER NOT NULL DEFAULT 0 CHECK (heartbeat IN (0, 1)),
  -- Raised whenever consent ends: a link to confirm made before is void.
  edition      INTEGER NOT NULL DEFAULT 1,
  CHECK (paused_until IS NULL OR state = 'paused')
) STRICT;
CREATE INDEX subscribers_waking ON subscribers (paused_until) WHERE paused_until IS NOT NULL;

-- One watch that one person gets. `covered_to` is the last match (its id in archive.db) that a digest of theirs has covered.
CREATE TABLE subscriptions (
  subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  watch         TEXT NOT NULL,
  every         TEXT NOT NULL CHECK (every IN ('immediate', 'daily', 'weekly')),
  covered_to    INTEGER NOT NULL,
  created_at    TEXT NOT NULL,
  PRIMARY KEY (subscriber_id, watch)
) STRICT, WITHOUT ROWID;

-- What a person asked for and what became of it: the record of consent. `how` says by what way (operator, import, token,
-- reply, bounce, complaint, the calendar); `wording` is the sentence they agreed to, word for word.
CREATE TABLE consents (
  id            INTEGER PRIMARY KEY,
  subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  at            TEXT NOT NULL,
  act           TEXT NOT NULL CHECK (act IN
                ('added', 'asked', 'confirmed', 'changed', 'paused', 'resumed', 'bounced', 'suspended', 'ended')),
  how           TEXT NOT NULL DEFAULT 'operator',
  detail        TEXT NOT NULL DEFAULT '',
  wording       TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX consents_of ON consents (subscriber_id);

-- Addresses that were erased, as keyed hashes: enough to know one again, not to read it.
CREATE TABLE suppressions (
  email_hmac TEXT PRIMARY KEY,
  at         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The last slot (the time a digest was due) that each person was served for, also where there was nothing to say.
CREATE TABLE served (
  subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  every         TEXT NOT NULL CHECK (every IN ('immediate', 'daily', 'weekly')),
  slot          TEXT NOT NULL,
  PRIMARY KEY (subscriber_id, every)
) STRICT, WITHOUT ROWID;

-- One mail to one person. `holder` has it until `lease_until`; then anybody may take it. An erased person leaves a row
-- without number, letter and answer. `kind`: a digest goes to those who are active; a question (shall we write to you?)
-- to those who are pending; a notice is for the operator, at the address in `recipient`.
CREATE TABLE outbox (
  id             INTEGER PRIMARY KEY,
  kind           TEXT NOT NULL DEFAULT 'digest' CHECK (kind IN ('digest', 'question', 'notice')),
  period         TEXT NOT NULL,
  subscriber_id  INTEGER REFERENCES subscribers (id) ON DELETE SET NULL,
  recipient      TEXT,
  message_id     TEXT NOT NULL UNIQUE,
  subject        TEXT NOT NULL,
  items          INTEGER NOT NULL,
  state          TEXT NOT NULL DEFAULT 'todo'
                 CHECK (state IN ('todo', 'sending', 'sent', 'deferred', 'failed', 'unsure', 'held')),
  held_for       TEXT CHECK (held_for IN ('run', 'subscriber')),
  planned_at     TEXT NOT NULL,
  next_at        TEXT NOT NULL,
  attempts       INTEGER NOT NULL DEFAULT 0,
  first_tried_at TEXT,
  tried_at       TEXT,
  holder         TEXT,
  lease_until    TEXT,
  sent_at        TEXT,
  code           INTEGER,
  reply          TEXT,
  UNIQUE (period, subscriber_id),
  CHECK ((state = 'sending') = (holder IS NOT NULL)),
  CHECK ((state = 'held') = (held_for IS NOT NULL)),
  CHECK ((holder IS NULL) = (lease_until IS NULL)),
  CHECK ((kind = 'notice') = (recipient IS NOT NULL))
) STRICT;
CREATE INDEX outbox_due ON outbox (next_at) WHERE state IN ('todo', 'deferred', 'unsure');
CREATE INDEX outbox_sending ON outbox (lease_until) WHERE state = 'sending';
CREATE INDEX outbox_held ON outbox (held_for, period) WHERE state = 'held';
CREATE INDEX outbox_of ON outbox (subscriber_id);
CREATE INDEX outbox_states ON outbox (state);
CREATE INDEX outbox_tried ON outbox (tried_at) WHERE tried_at IS NOT NULL;
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;

-- The words of a mail, apart from what becomes of it, so that a lease does not write them again. Packed with zlib.
CREATE TABLE letters (
  outbox_id INTEGER PRIMARY KEY REFERENCES outbox (id) ON DELETE CASCADE,
  message   BLOB NOT NULL
) STRICT;

-- One run of digests of one period: how much it brought, by which the next is judged. `verdict` is NULL until the run is whole.
CREATE TABLE runs (
  period     TEXT PRIMARY KEY,
  every      TEXT NOT NULL CHECK (every IN ('immediate', 'daily', 'weekly')),
  planned_at TEXT NOT NULL,
  mails      INTEGER NOT NULL,
  items      INTEGER NOT NULL,
  load       REAL NOT NULL,                  -- items for each usual period covered: three missed days are no flood
  verdict    TEXT CHECK (verdict IN ('usual', 'held', 'released'))
) STRICT, WITHOUT ROWID;
CREATE INDEX runs_of ON runs (every, planned_at);

-- When sending rests, and why. `ended_at` is NULL until the operator or the clock ends it.
CREATE TABLE pauses (
  id       INTEGER PRIMARY KEY,
  since    TEXT NOT NULL,
  until    TEXT NOT NULL,
  reason   TEXT NOT NULL,
  ended_at TEXT
) STRICT;

-- What came back: hard (the address is dead), soft (for now), ours (our reputation), complaint. One a day and kind counts.
CREATE TABLE bounces (
  id            INTEGER PRIMARY KEY,
  subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  outbox_id     INTEGER REFERENCES outbox (id),
  at            TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('hard', 'soft', 'ours', 'complaint')),
  detail        TEXT NOT NULL DEFAULT '',
  forgiven      INTEGER NOT NULL DEFAULT 0 CHECK (forgiven IN (0, 1))
) STRICT;
CREATE INDEX bounces_of ON bounces (subscriber_id, at);

-- Messages that came in and were acted on, by their hash: reading a mailbox again changes nothing.
CREATE TABLE incoming (
  sha256 TEXT PRIMARY KEY,
  at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Faults the operator was told of. One row while it lasts: one report, then silence, then one "recovered".
CREATE TABLE faults (
  name         TEXT PRIMARY KEY,
  since        TEXT NOT NULL,
  detail       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What each person was told, whatever the frequency: nothing is told twice.
CREATE TABLE told (
  subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  change_id     INTEGER NOT NULL,
  outbox_id     INTEGER REFERENCES outbox (id),
  PRIMARY KEY (subscriber_id, change_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_in ON told (outbox_id);
