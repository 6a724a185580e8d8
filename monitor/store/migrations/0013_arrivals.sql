-- The place of each paper in the sequence in which words came in: one whose bytes were known from elsewhere has its own.
ALTER TABLE papers ADD COLUMN arrival INTEGER;   -- null while there are no words
UPDATE papers SET arrival = (SELECT t.id FROM paper_texts t WHERE t.sha256 = papers.sha256);
CREATE INDEX papers_arrival ON papers (arrival) WHERE arrival IS NOT NULL;
