"""Documents listed inside a sentence: behind a colon, as broken lines are (`: - the plan - the code`), or behind `including`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from monitor.rules.promises.acts.subjects import Region
from monitor.rules.promises.nouns.coordination import named
from monitor.rules.promises.nouns.names import is_general, is_plural
from monitor.rules.promises.nouns.phrases import Phrase, find_phrases
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import finite_verbs
from monitor.rules.promises.words import lexicon

_COUNTED = frozenset(("", "the", "following", "reports", "papers", "copies", "things", "items"))
_BUNDLES = frozenset("details detail information material materials package pack set suite series".split())
_BULLETS = frozenset("-\u2013\u2014\u2022\u25cf\u25aa\u00b7*")
_EACH = frozenset("that those one another".split())
_LONGEST_ITEM = 20


def inline_items(row: Sequence[Chunk]) -> tuple[Phrase, ...]:
    """The items behind the first colon, where bullets or capitals part them and each names a document; else none."""
    colon = next((index for index in range(1, len(row) - 2) if row[index].text == ":"), None)
    if colon is None or any(finite_verbs(row, colon, len(row))):
        return ()
    starts = [at for at in range(colon + 1, len(row)) if _is_bullet(row, at)]
    if not starts and not any(chunk.text in (",", ";") for chunk in row[colon:]):
        starts = [colon + 1, *(at for at in range(colon + 2, len(row)) if _begins_item(row, at))]
    if len(starts) < 2:
        return ()
    items = [_item(row, start, end) for start, end in zip(starts, [*starts[1:], len(row)], strict=True)]
    return tuple(item for item in items if item is not None) if all(items) else ()


def _is_bullet(row: Sequence[Chunk], at: int) -> bool:
    return row[at].text in _BULLETS or (row[at].kind == "aside" and len(row[at].text) <= 5 and at + 1 < len(row))


def _begins_item(row: Sequence[Chunk], at: int) -> bool:
    """Whether a capital opens another item: behind a document's noun, or a word in small letters that leads nowhere."""
    before = row[at - 1]
    if not row[at].text[:1].isupper() or row[at].kind != "word" or before.kind not in ("word", "aside"):
        return False
    if row[at].low in lexicon.DETERMINERS or before.kind == "aside":
        return True
    led = before.low in lexicon.DETERMINERS or before.low in lexicon.PREPOSITIONS or before.low in lexicon.CONJUNCTIONS
    ended = before.low in lexicon.DOCUMENTS and row[at].low not in lexicon.DOCUMENTS
    return not led and (ended or not before.is_name)


def _item(row: Sequence[Chunk], start: int, end: int) -> Phrase | None:
    while end > start and (row[end - 1].kind in ("mark", "aside", "time", "place") or row[end - 1].low == "and"):
        end -= 1
    while start < end and row[start].kind in ("mark", "aside"):
        start += 1
    head = next((row[at].low for at in range(start, end) if row[at].low in lexicon.DOCUMENTS), None)
    title = next((at for at in range(start, end) if row[at].kind == "title"), None)
    if end - start > _LONGEST_ITEM or (head is None and title is None):
        return None
    return Phrase(start, end, head or "", title)


def listed(row: Sequence[Chunk], region: Region) -> Region:
    """`three documents: the strategy, the plan and the review`: what stands behind the colon is what is meant."""
    inner = inline_items(row) or _included(row, region) or _each_that(row, region)
    if inner:
        return replace(region, phrases=inner)
    heads = [phrase.head for phrase in region.phrases]
    if not all(is_general(head) or head in _COUNTED for head in heads):
        return region
    colon = next((index for index in range(1, len(row) - 1) if row[index].text == ":"), None)
    if colon is None:
        return region
    marks = [index for index in range(colon, len(row)) if row[index].text in (":", ";")]
    listed = [one for mark, end in pairwise([*marks, len(row)]) for one in named(row, _past_joint(row, mark + 1), end)]
    found = tuple(one for one in listed if one.is_document())
    return replace(region, phrases=found) if found else region


def _included(row: Sequence[Chunk], region: Region) -> tuple[Phrase, ...]:
    """`Further details, including a prospectus and a form`: where the first is no document, those it includes are."""
    if len(region.phrases) != 1 or region.phrases[0].title is not None:
        return ()
    whole = region.phrases[0]
    if whole.head not in _BUNDLES and not is_general(whole.head):
        return ()
    at = whole.end + 1 if whole.end < len(row) and row[whole.end].text == "," else whole.end
    if at >= len(row) - 1 or row[at].low not in ("including", "comprising", "containing"):
        return ()
    return tuple(one for one in named(row, at + 1, len(row)) if one.is_document())


def _each_that(row: Sequence[Chunk], region: Region) -> tuple[Phrase, ...]:
    """`two notes will be laid: that on ports and, from the Home Office, that on lotteries`: each is one of those."""
    if len(region.phrases) != 1 or not is_plural(region.phrases[0].head):
        return ()
    behind = find_phrases(row, region.phrases[0].end, len(row))
    each = tuple(one for one in behind if one.is_elliptic() and row[one.start].low in _EACH and one.end > one.start + 2)
    return each if len(each) > 1 else ()


def _past_joint(row: Sequence[Chunk], at: int) -> int:
    return at + 1 if at < len(row) and row[at].low == "and" else at
