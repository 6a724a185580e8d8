"""What stands in a sentence's way and says nothing of a document: remarks between commas, `the letter | I am sending`."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.forms import FORMS
from monitor.rules.promises.words.tenses import AUXILIARIES

_INTERJECTIONS = frozenset(
    "though|however|therefore|of course|moreover|in turn|in addition|meanwhile|by contrast|indeed|accordingly|for their part"
    "|for its part|for my part|in particular|separately|in the meantime|too|also|then|that is|i hope|i understand"
    "|i am glad to say|where necessary|where appropriate|at my request|with their agreement|with his agreement"
    "|with her agreement".split("|")
)
_CUSTOM = frozenset(
    "is it they i we before ever usual always promised in the has was customary required agreed".split()
)
"""Behind `as`, in what only says that a thing is done as it always is."""
_AWAITING = lexicon.SUBORDINATORS | lexicon.PREPOSITIONS | frozenset(("ahead", "subject"))
"""What opens words between a verb and its object: `publish, before the window opens, a list`, `laid, at its request, a note`."""
_PARTED = lexicon.MODALS_YES | lexicon.HAVE | frozenset("is are to be".split())
_CONDITIONS = frozenset("except save unless subject barring with without if provided as apart for once when".split())
"""What may stand between an auxiliary and its verb: `will, unless the court objects, be laid`."""
_SUBJECTS = frozenset("i we he she they".split())
_DASHES = frozenset("-\u2013\u2014")
_LONGEST_REMARK = 24
_LONGEST_RELATIVE = 6
_LONGEST_WAIT = 14
_PUBLISHED = frozenset(word for word, (verb, _) in FORMS.items() if verb.need in ("any", "document", "laying"))
"""Verbs that promise in such a clause too: `the plan I am publishing | will`."""


def straightened(row: Sequence[Chunk]) -> Sequence[Chunk]:
    """`Not until June will the plan be published` in the usual order: the plan will be published."""
    only = bool(row) and (row[0].low in ("only", "not") or row[0].low.startswith(("not until", "not before", "only")))
    turned = next((at for at in range(1, len(row) - 2) if row[at].low in lexicon.MODALS_YES), 0) if only else 0
    if not turned or row[turned + 1].low not in lexicon.DETERMINERS:
        return row
    rest = range(turned + 2, len(row))
    verb = next(
        (at for at in rest if row[at].low in ("be", "have")), next((at for at in rest if row[at].low in FORMS), 0)
    )
    return row if not verb else [*row[:turned], *row[turned + 1 : verb], row[turned], *row[verb:]]


def without_interruptions(row: Sequence[Chunk]) -> list[Chunk]:
    """`His report, though, will be`, `will issue, as it does each year, its bulletin`: what says nothing of a document goes."""
    kept: list[Chunk] = []
    at = 0
    while at < len(row):
        end = _interjection_end(row, at) if row[at].text == "," else _relative_end(row, at) or _dashed_end(row, at)
        if end is None:
            kept.append(row[at])
        at = at + 1 if end is None else end
    return kept


def _relative_end(row: Sequence[Chunk], at: int) -> int | None:
    """Past a clause without a pronoun that tells of a noun, up to the noun's own verb: `the letter | I am sending | will`."""
    if (
        at == 0
        or row[at].low not in _SUBJECTS
        or row[at - 1].kind != "word"
        or row[at - 1].low not in lexicon.DOCUMENTS
    ):
        return None
    for index in range(at + 2, min(at + _LONGEST_RELATIVE, len(row))):
        if row[index].kind not in ("word", "time") or row[index].low in lexicon.DETERMINERS:
            return None
        if row[index].low in AUXILIARIES and row[index - 1].low not in AUXILIARIES | _SUBJECTS:
            return index if row[index - 1].low not in _PUBLISHED else None
    return None


def _dashed_end(row: Sequence[Chunk], at: int) -> int | None:
    """Past what two dashes hold between a noun and its verb: `the reports - those of both boards - | have been laid`."""
    if row[at].text not in _DASHES or at == 0:
        return None
    end = next(
        (index for index in range(at + 1, min(at + _LONGEST_REMARK, len(row) - 1)) if row[index].text in _DASHES), None
    )
    return end + 1 if end is not None and row[end + 1].low in AUXILIARIES else None


def _interjection_end(row: Sequence[Chunk], comma: int) -> int | None:
    """Past the second comma of an interjection that begins here; None where there is none."""
    waited = _wait_end(row, comma) or _condition_end(row, comma)
    if waited is not None:
        return waited
    end = next((at for at in range(comma + 1, min(comma + 9, len(row))) if row[at].text == ","), None)
    if end is None or end == comma + 1:
        return None
    words = " ".join(chunk.low for chunk in row[comma + 1 : end])
    behind = row[comma + 2].low
    told = behind not in ("is", "was", "has") or row[comma + 3].low in _CUSTOM
    customary = row[comma + 1].low == "as" and told and (behind in _CUSTOM or behind.endswith("ed"))
    return end + 1 if words in _INTERJECTIONS or customary else None


def _condition_end(row: Sequence[Chunk], comma: int) -> int | None:
    """Past what parts a verb from its auxiliary or its subject: `will, except where a witness objects, | be`."""
    reach = range(comma + 2, min(comma + _LONGEST_WAIT, len(row) - 1))
    end = next((at for at in reach if row[at].text == ","), None)
    if comma == 0 or end is None or any(chunk.kind in ("place", "title", "address") for chunk in row[comma:end]):
        return None
    opening, behind = row[comma + 1].low, row[end + 1]
    if row[comma - 1].low in _PARTED and opening in _CONDITIONS:
        return end + 1 if behind.low in ("be", "have", "been") or behind.low in FORMS else None
    told = opening == "not" and AUXILIARIES.isdisjoint({chunk.low for chunk in row[comma:end]} - {"be"})
    dated = opening == "for" and row[comma - 1].low in lexicon.DOCUMENTS
    to_others = opening == "for" and row[comma - 1].low == "and" and row[end + 1].kind == "place"
    if to_others:
        return end + 1
    return end + 1 if (told or dated) and behind.low in AUXILIARIES else None


def _wait_end(row: Sequence[Chunk], comma: int) -> int | None:
    """Past what is waited for between a verb of publishing and its object."""
    if comma == 0 or row[comma - 1].low not in FORMS or comma + 1 >= len(row):
        return None
    if row[comma + 1].low not in _AWAITING:
        return None
    end = next((at for at in range(comma + 1, min(comma + _LONGEST_WAIT, len(row) - 1)) if row[at].text == ","), None)
    return end + 1 if end is not None and row[end + 1].low in lexicon.DETERMINERS else None
