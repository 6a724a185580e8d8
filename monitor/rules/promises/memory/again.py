"""Another name for a document just promised: `the response document`, `this statutory guidance`, `the 2024 report`."""

from __future__ import annotations

from monitor.rules.promises.memory.entries import Entry
from monitor.rules.promises.nouns.names import Name, content_words, differ_in_edition, is_general, same_head
from monitor.rules.promises.words.speakers import owner

REPORTED_ON = frozenset("review inquiry investigation audit study evaluation survey stocktake".split())
"""What is published as a report, and called one afterwards."""
_POINTING = frozenset("this these that those".split())


def is_told_again(entry: Entry, name: Name) -> bool:
    """Whether a name with a determiner says once more what was promised just before."""
    told = name.led or owner(name.words) is not None
    if entry.draft is None or not told or differ_in_edition(entry.name, name):
        return False
    return _is_document_of(entry.name, name) or (same_head(entry.name.head, name.head) and _adds_little(entry, name))


def _is_document_of(known: Name, name: Name) -> bool:
    """`the call for evidence document`, `the evaluation report`: its own noun, with `document` or `report` behind it."""
    words = name.words.lower().split()
    general = is_general(name.head) or (name.head == "report" and known.head in REPORTED_ON)
    if len(words) < 2 or words[-1] != name.head or not general:
        return False
    return known.head in words[:-1] and content_words(" ".join(words[:-1])) <= content_words(known.words)


def _adds_little(entry: Entry, name: Name) -> bool:
    """Whether a name of the same noun only points to it, or says its year or whose it is."""
    if name.led in _POINTING:
        return True
    more = content_words(name.words) - content_words(entry.name.words)
    whose = owner(name.words)
    if whose is not None and entry.draft is not None:
        return content_words(whose) <= content_words(entry.draft.quote) and more <= content_words(whose)
    dated = any(word.isdigit() for word in content_words(entry.name.words))
    return bool(more) and not dated and all(word.isdigit() for word in more)
