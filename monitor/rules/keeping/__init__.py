"""Which publication keeps a promise: what speaks for and against each (`findings`), weighed (`weights`) and held against the
others (`resolution`); and which promises a day's news may keep at all (`lookouts`, `prospects`). Pure.

How a name and a title are compared, file by file: `stems` says which words tell, `meanings` which are one, `commonness` how
much each tells, `titles` what is shared and what differs, `shapes` (and `kinds`, of the room next door) what sort of document a
title names, `numbers` which of a series; `context` understands a bare name by its statement.
"""
