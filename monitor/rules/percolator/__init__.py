"""The percolator: one document held against a million standing queries at once.

It only picks candidates, by words that a query cannot match without; the evaluator of `rules.query` decides, so that the
answer is the one it would give for each query alone. Import each name from the file that is named after it.
"""
