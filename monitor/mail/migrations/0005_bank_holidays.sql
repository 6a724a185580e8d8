-- Bank holidays of England and Wales as GOV.UK listed them last: they take the place of the shipped ones from the first day
-- of the list to its last.
CREATE TABLE bank_holidays (
  day     TEXT PRIMARY KEY,                  -- YYYY-MM-DD
  read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
