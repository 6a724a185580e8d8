-- What the facets of a watch ask for: what a publication was at each version, and which source first showed it.
ALTER TABLE versions ADD COLUMN facets TEXT NOT NULL DEFAULT '{}';  -- JSON, by column of publications; older versions: empty
ALTER TABLE publications ADD COLUMN source TEXT NOT NULL DEFAULT '';
