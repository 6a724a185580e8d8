"""Promised documents: finding them in a statement (`extraction`). What keeps them is judged in `rules/keeping`. Pure.

A statement is read from small to large, and each folder knows only those before it: `words` (tables of nouns, verbs and bodies),
`times` (phrases of time and their days), `sentence` (a row of pieces), `nouns` (what may name a document), `acts` (what is done
to it, by whom, where and when), `memory` (what the statement has spoken of, and what `it` and `the second` go back to).
"""
