-- What a text names without a hyperlink (HCWS293, CP 1210, an ISBN, a column of Hansard) is a link, too, with its sentence.
ALTER TABLE links ADD COLUMN sentence TEXT NOT NULL DEFAULT '';  -- in which it stands
ALTER TABLE links ADD COLUMN leads_to TEXT NOT NULL DEFAULT '';  -- the target in the one form it is looked up by
ALTER TABLE links ADD COLUMN dated_on TEXT;                      -- the day that is named with it: numbers begin again
CREATE INDEX links_leads_to ON links (leads_to);
CREATE INDEX links_dated_on ON links (dated_on) WHERE dated_on IS NOT NULL;
CREATE INDEX attachments_paper_number ON attachments (paper_number COLLATE NOCASE) WHERE paper_number IS NOT NULL;
CREATE INDEX attachments_isbn ON attachments (replace(replace(isbn, '-', ''), ' ', '')) WHERE isbn IS NOT NULL;
INSERT OR IGNORE INTO links (publication_id, target, rel, anchor, method, version)
  SELECT publication_id, url, 'attachment', title, 'publisher', version FROM attachments ORDER BY version;
