-- When each watch matched last, and how often in a day, without reading every match.
CREATE INDEX matches_by_watch ON matches (watch, matched_at);
