-- The few corrections that Hansard prints are found among all publications without reading those.
CREATE INDEX publications_corrections ON publications (first_seen_at) WHERE document_type = 'ministerial_correction';
