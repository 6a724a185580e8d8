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
  confirmed_at TEXT
) STRICT;

-- One watch that one person gets. `covered_to` is the last match (its id in archive.db) that a digest of theirs has covered.
CREATE TABLE subscriptions (
  subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  watch         TEXT NOT NULL,
  every         TEXT NOT NULL CHECK (every IN ('immediate', 'daily', 'weekly')),
  covered_to    INTEGER NOT NULL,
  created_at    TEXT NOT NULL,
  PRIMARY KEY (subscriber_id, watch)
) STRICT, WITHOUT ROWID;

-- What a person asked for and what became of it: the record of consent.
CREATE TABLE consents (
  id            INTEGER PRIMARY KEY,
  subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  at            TEXT NOT NULL,
  act           TEXT NOT NULL CHECK (act IN ('added', 'confirmed', 'paused', 'resumed', 'suspended', 'ended')),
  detail        TEXT NOT NULL DEFAULT ''
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
-- without number, message and answer.
CREATE TABLE outbox (
  id             INTEGER PRIMARY KEY,
  period         TEXT NOT NULL,
  subscriber_id  INTEGER REFERENCES subscribers (id) ON DELETE SET NULL,
  message_id     TEXT NOT NULL UNIQUE,
  subject        TEXT NOT NULL,
  items          INTEGER NOT NULL,
  message        BLOB,
  state          TEXT NOT NULL DEFAULT 'todo'
                 CHECK (state IN ('todo', 'sending', 'sent', 'deferred', 'failed', 'unsure', 'held')),
  planned_at     TEXT NOT NULL,
  next_at        TEXT NOT NULL,
  attempts       INTEGER NOT NULL DEFAULT 0,
  first_tried_at TEXT,
  holder         TEXT,
  lease_until    TEXT,
  sent_at        TEXT,
  code           INTEGER,
  reply          TEXT,
  UNIQUE (period, subscriber_id),
  CHECK ((state = 'sending') = (holder IS NOT NULL)),
  CHECK ((holder IS NULL) = (lease_until IS NULL))
) STRICT;
CREATE INDEX outbox_due ON outbox (next_at) WHERE state IN ('todo', 'deferred', 'unsure');
CREATE INDEX outbox_sending ON outbox (lease_until) WHERE state = 'sending';
CREATE INDEX outbox_of ON outbox (subscriber_id);
CREATE INDEX outbox_states ON outbox (state);
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;

-- What each person was told, whatever the frequency: nothing is told twice.
CREATE TABLE told (
  subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  change_id     INTEGER NOT NULL,
  outbox_id     INTEGER REFERENCES outbox (id),
  PRIMARY KEY (subscriber_id, change_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_in ON told (outbox_id);
