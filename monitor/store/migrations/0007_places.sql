-- Where the pages of a paper and the sheets of a workbook begin in its text, so that what is found in it can name its place.
ALTER TABLE paper_texts ADD COLUMN positions TEXT NOT NULL DEFAULT '[]';  -- JSON: [[line, from 0; 'page 12'], …]
