"""Twins: one statement made in both Houses is told once, with both numbers, and with what its two texts do not share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from monitor.model.digest import Item, Twin
from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.materiality import decide
from monitor.rules.comparison.summary import summarise
from monitor.text import fold, squeeze

STATEMENTS = frozenset({"written_statement", "oral_statement"})
"""The document types that are said in Parliament."""

_INTRODUCTION = re.compile(
    r"(?:My|The|Our)\b[^\n]{0,300}?\b(?:has|have|is|are)(?: today)? (?:made|making) the following"
    r" (?:[Ww]ritten )?(?:[Mm]inisterial )?[Ss]tatement[^\n]{0,40}?(?:[:.\u2013-]\s*|\n|$)"
)
_ALSO_MADE = re.compile(
    r"[^.\n]*\b(?:[Ss]tatement|[Ii]t|[Tt]his) (?:has|is|was)(?: also| today)* (?:been )?(?:being )?made\b[^.\n]*"
    r"\b(?:House|Commons|Lords|other place)\b[^.\n]*(?:\.|$)"
)


def fold_twins(items: Iterable[Item]) -> list[Item]:
    """The items in their order, those that are the copy of another in the other House folded into it."""
    folded: list[Item] = []
    statements: list[int] = []
    for item in items:
        is_statement = item.change.kind == "new" and item.document_type in STATEMENTS
        twins = (place for place in statements if are_twins(folded[place], item)) if is_statement else iter(())
        place = next(twins, None)
        if place is not None:
            folded[place] = _joined(folded[place], item)
            continue
        if is_statement:
            statements.append(len(folded))
        folded.append(item)
    return folded


def are_twins(one: Item, other: Item) -> bool:
    """Whether two new statements are one, made in both Houses: their publisher says so, or title and day are the same."""
    if {one.change.kind, other.change.kind} != {"new"} or one.house == other.house:
        return False
    if not {one.document_type, other.document_type} <= STATEMENTS:
        return False
    if other.key in one.tied or one.key in other.tied:
        return True
    return plain_title(one.title) == plain_title(other.title) and one.dated_on == other.dated_on


def tied_by(key: str, links: Iterable[tuple[str, str | None, str, str]]) -> frozenset[str]:
    """The keys of statements that are tied to one as its copy: by their publisher, or by a sentence that says so.

    Each link is from a key, to a key, of a kind (`rel`), in a sentence.
    """
    ends = [
        end
        for from_key, to_key, rel, sentence in links
        if rel == "joint-statement" or (rel == "cites" and _ALSO_MADE.search(sentence))
        for end in (from_key, to_key)
    ]
    return frozenset(end for end in ends if end is not None and end != key)


def plain_title(title: str) -> str:
    """A title as titles are compared: case, accents and white space aside."""
    return fold(squeeze(title))


def difference(one: str, other: str) -> str:
    """What two copies of a statement do not share, in a line; empty where they say the same.

    That a Minister introduces the other's statement, and that it was made in the other House too, is no difference.
    """
    if one == other:
        return ""
    diff = diff_texts(_own_words(one), _own_words(other))
    return summarise(decide(diff)) if diff.words_added or diff.words_removed else ""


def _own_words(text: str) -> str:
    opening = _INTRODUCTION.match(text)
    rest = _ALSO_MADE.sub("", text[opening.end() :] if opening else text)
    return "\n".join(line for line in map(str.strip, rest.split("\n")) if line)


def _joined(head: Item, copy: Item) -> Item:
    """A statement with its copy: its number, what it says otherwise, and what it alone promises. The Commons come first."""
    if copy.house == "Commons":
        head, copy = copy, head
    twin = Twin(copy.identifier or copy.key, difference(head.body, copy.body))
    there = {document.key for document in head.documents}
    promised = {expectation.expected for expectation in head.expectations}
    return replace(
        head,
        twins=(*head.twins, twin),
        documents=(*head.documents, *(one for one in copy.documents if one.key not in there)),
        expectations=(*head.expectations, *(one for one in copy.expectations if one.expected not in promised)),
    )
