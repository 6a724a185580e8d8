"""Promised documents: finding them in a statement (`extraction`). What keeps them is judged in `rules/keeping`. Pure.

How a sentence is read, file by file: `sentences` cuts the text, `due` and `places` find phrases of time and place,
`chunks` makes one row of pieces of it all, `verbs` finds what is done (`presence` by a state, `expected` by a day, `recipients`
to somebody), `phrases` what it is done to, `agents` who does it,
`speakers` whether that is one of ours, `naming` how the document is called, and `extraction` puts them together. What a
pronoun, `the second` or a noun left out (`ellipsis`) goes back to is settled in `references`, by what the statement has spoken
of (`mentions`) and counted up (`counting`). The words are tables in `lexicon`, the verbs in `publishing`, the bodies in
`bodies`.
"""
