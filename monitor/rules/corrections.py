"""Corrections: what a later statement puts right in an earlier one, and who must hear of it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from monitor.model.change import Change
from monitor.model.diff import Diff
from monitor.model.digest import FoundDocument, Item
from monitor.model.record import Record, RecordedChange
from monitor.model.watch import MatchDraft
from monitor.rules.citations import days_named
from monitor.rules.comparison.diff import diff_texts
from monitor.rules.digests import with_edit
from monitor.text import count_words

_QUOTED = 300
_PRINTED = re.compile(r"^\[?\s*Official Report\b.*$", re.MULTILINE)
_LETTER = re.compile(r"^Letter of correction\b", re.IGNORECASE)
_OF_STATEMENT = re.compile(r"\d ?WS\b|\bWS ?\d|\bwritten (?:ministerial )?statement\b|\bH[CL]WS\d", re.IGNORECASE)
_EXTRACT = re.compile(r"^The following is an extract\b", re.IGNORECASE)
_RIGHT = re.compile(
    r"\b(?:should (?:have )?(?:been|be|read)|correct \w+ (?:is|are|was|were|should)\b).*:$", re.IGNORECASE
)
_ENDED = (".", "?", "!", ":", ";", "\u201d", '"', ",")
_LABEL = "Correction: "


def is_correction(event: RecordedChange) -> bool:
    """Whether a change puts right what was said: its publisher says so, or the words of a statement were edited in place."""
    change, record = event.change, event.record
    in_place = change.kind == "updated" and change.material and record.document_type == "written_statement"
    return change.kind == "corrected" or in_place


def route(event: RecordedChange, told: Collection[str], drafts: Collection[MatchDraft]) -> tuple[MatchDraft, ...]:
    """A correction for the watches that have `told` of the publication before and do not match it now.

    Whoever was sent the words hears that they are corrected, whatever else their watch asks for.
    """
    if not is_correction(event):
        return ()
    found = {draft.watch for draft in drafts if draft.change_id == event.change.id}
    return tuple(MatchDraft(watch, event.change.id, (), ()) for watch in sorted(set(told) - found))


def put_right(item: Item, original: str, correction: Record) -> Item:
    """An item that was corrected, with the statement that corrects it, and what differs.

    Where that one only tells of the mistake and does not say the whole again, its first words are quoted instead.
    """
    document = FoundDocument(
        correction.key, correction.title, correction.url, correction.document_type, correction.publisher,
        paper_number=correction.identifier,
    )  # fmt: skip
    put = wrong_and_right(correction.text)
    if put is not None:
        return _compared(item, document, diff_texts(*put))
    diff = diff_texts(original, correction.text)
    told_again = count_words(original) - diff.words_removed > max(diff.words_removed, diff.words_added)
    if not told_again:
        words = correction.text.replace("\n", " ")
        quoted = words if len(words) <= _QUOTED else words[:_QUOTED].rpartition(" ")[0] + "…"
        return replace(item, change=_unsaid(item.change), correction=document, gist=f"“{quoted}”" if words else "")
    return _compared(item, document, diff)


def _compared(item: Item, document: FoundDocument, diff: Diff) -> Item:
    """The item with what differs between the words that were wrong and those that are right."""
    change = replace(_unsaid(item.change), words_added=diff.words_added, words_removed=diff.words_removed)
    return with_edit(replace(item, change=change, correction=document), diff)


def _unsaid(change: Change) -> Change:
    """The correction is named in full, so that its key need not be told as a note."""
    return replace(change, note="")


def said_where(text: str) -> str:
    """The line in which a correction in Hansard says where the mistake is printed: `[Official Report, 10 December 2024, ...]`."""
    found = _PRINTED.search(text)
    return found.group() if found else text.partition("\n")[0]


def day_corrected(text: str) -> date | None:
    """The day on which the mistake was made."""
    return next(iter(days_named(said_where(text)) or days_named(text.partition("\n")[0])), None)


def is_of_statement(text: str) -> bool:
    """Whether a correction in Hansard may be of a written statement: most are of debates and answers."""
    return _OF_STATEMENT.search(text) is not None


def is_titled(correction: str, statement: str) -> bool:
    """Whether a correction bears a statement's title."""
    return _folded(correction.removeprefix(_LABEL)) == _folded(statement)


def _folded(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.lower()))


def wrong_and_right(text: str) -> tuple[str, str] | None:
    """The words that a correction in Hansard quotes and those it puts in their place; None where it does not say both."""
    lines = text.split("\n")
    letter = next((at for at, line in enumerate(lines) if _LETTER.search(line)), None)
    begins = next(
        (at + 1 for at, line in enumerate(lines) if letter is not None and at > letter and _RIGHT.search(line)), 0
    )
    if letter is None or not begins:
        return None
    wrong = [
        line for line in lines[:letter] if not _EXTRACT.search(line) and not _PRINTED.search(line) and _is_said(line)
    ]
    right = [line for line in lines[begins:] if _is_said(line)]
    return ("\n".join(wrong), "\n".join(right)) if wrong and right else None


def _is_said(line: str) -> bool:
    """Whether a line is something that was said, and not the name of who said it."""
    return line.rstrip().endswith(_ENDED)
