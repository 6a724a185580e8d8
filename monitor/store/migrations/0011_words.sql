-- The word index: which versions and papers have which words, as watches read them (folded, hyphens joined as well). It
-- only picks what is worth reading; queries decide by the words themselves. Filled by `match`; rows are never taken out, and
-- what is not in it yet is read all the same. How far it has come stands in progress.
CREATE VIRTUAL TABLE version_words_fts USING fts5 (words, content="", tokenize="ascii");
CREATE VIRTUAL TABLE paper_words_fts USING fts5 (words, content="", tokenize="ascii");
CREATE INDEX publications_version ON publications (version_id);
