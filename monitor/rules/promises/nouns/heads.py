"""The noun that a phrase is about: `terms` in `terms of reference`, `tables` in `a set of tables`, `report` at a name's end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from monitor.rules.promises.nouns.bounds import head_from
from monitor.rules.promises.nouns.compounds import COMPOUNDS
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.words import lexicon

_MEASURES = frozenset(
    """
    set sets series number batch tranche collection suite selection text texts part parts half version versions
    edition editions pair bundle volume volumes raft package group range pack translation translations publication
    halves instalment instalments tome tomes revision revisions rewrite redraft reprint reissue update updating
    """.split()
)
"""What documents are counted by: `a set of tables` is tables."""


_LEGAL = frozenset(
    "bill legislation provisions provision amendments sections articles wording heads subsection section".split()
)
"""What is law once it is passed, and a document while it is a draft: `draft provisions`."""
_SHARES = frozenset("all some most both each several many half rest remainder majority either".split())
"""What is counted out of them: `most of the tables`."""
_NUMBERS = frozenset("one two three four five six seven eight nine ten eleven twelve i ii iii iv v".split())


_RELATING = frozenset("relating pertaining bearing touching dealing arising".split())
"""Before a preposition, what a document is about: `papers relating to the sale`."""
_IN_NAMES = frozenset("of the and for in on to a an".split())


def head_noun(row: Sequence[Chunk], start: int, end: int, hung: int | None, words: Sequence[Chunk]) -> str:
    """The head of a phrase whose words before anything hangs on it are these; what hangs on it begins at `hung`."""
    words = list(words)
    while len(words) > 1 and (words[-1].low[0].isdigit() or words[-1].low in _NUMBERS):
        words.pop()
    head = words[-1].low if words else ""
    telling = head.endswith("ed") or head in lexicon.DONE_WORDS or head in _RELATING
    if len(words) > 1 and telling and words[-2].low in lexicon.DOCUMENTS:
        head = words[-2].low
    if " ".join(chunk.low for chunk in words[-3:]) in COMPOUNDS:
        head = words[-3].low if words[-3].low in lexicon.DOCUMENTS else words[-1].low
    if head == "book" and len(words) > 1 and words[-1].is_name and words[-2].is_name:
        head = "handbook"
    if head in _MEASURES or head in lexicon.ORDINALS or head in lexicon.NUMBER_WORDS or head in _SHARES:
        head = _counted(row, end, hung) or head
    if head not in lexicon.DOCUMENTS and end > start:
        head = _named_head(row, start, end) or head
    if head in _LEGAL and any(chunk.low == "draft" for chunk in words):
        head = "draft"
    return head.removesuffix("'s")


def _counted(row: Sequence[Chunk], end: int, hung: int | None) -> str:
    """What is counted behind `a set of`, `the first of`; empty where that is a mere pronoun."""
    if hung is None or hung >= end - 1 or row[hung].low != "of":
        return ""
    counted = head_from(row, hung + 1, end)
    further = next((at for at in range(hung + 1, end - 1) if row[at].low == "of"), None)
    if counted in _MEASURES - lexicon.DOCUMENTS and further is not None:
        counted = head_from(row, further + 1, end)
    return "" if counted in lexicon.PRONOUNS or counted in ("them", "which") else counted


def _named_head(row: Sequence[Chunk], start: int, end: int) -> str | None:
    """`State of the Estate report for 2024`, `Statement on ...`: the noun that ends a name in capitals is its head."""
    for at in range(end - 1, start, -1):
        name = row[start + 1 : at + 1]
        if row[at].low not in lexicon.DOCUMENTS or any(
            one.low in lexicon.DETERMINERS and not two.is_name for one, two in pairwise(name)
        ):
            continue
        plain = any(one.kind == "word" and not one.is_name and one.low not in _IN_NAMES for one in name[:-1])
        if at == end - 1 and any(one.is_name for one in name):
            return row[at].low
        if (
            (row[at - 1].is_name or row[at - 1].low in _IN_NAMES)
            and not plain
            and at + 1 < len(row)
            and (row[at + 1].low in lexicon.PREPOSITIONS or row[at + 1].low[0].isdigit())
        ):
            return row[at].low
    return None
