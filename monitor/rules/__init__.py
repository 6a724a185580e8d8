"""Pure decisions: fingerprints, changes, diff, keywords, polling plans, digests. `now` is always an argument."""
