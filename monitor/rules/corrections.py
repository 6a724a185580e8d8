"""Corrections: what a later statement puts right in an earlier one, and who must hear of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from monitor.model.change import Change
from monitor.model.digest import FoundDocument, Item
from monitor.model.record import Record, RecordedChange
from monitor.model.watch import MatchDraft
from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.materiality import decide
from monitor.rules.comparison.passages import passages
from monitor.rules.comparison.summary import summarise
from monitor.text import count_words

_PASSAGES, _PASSAGE_WORDS = 3, 40
_QUOTED = 300


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
    diff = diff_texts(original, correction.text)
    told_again = count_words(original) - diff.words_removed > max(diff.words_removed, diff.words_added)
    if not told_again:
        words = correction.text.replace("\n", " ")
        quoted = words if len(words) <= _QUOTED else words[:_QUOTED].rpartition(" ")[0] + "…"
        return replace(item, change=_unsaid(item.change), correction=document, gist=f"“{quoted}”" if words else "")
    decisions = decide(diff)
    shown, omitted = passages(diff, decisions, limit=_PASSAGES, words=_PASSAGE_WORDS)
    return replace(
        item,
        change=replace(_unsaid(item.change), words_added=diff.words_added, words_removed=diff.words_removed),
        correction=document,
        passages=shown,
        passages_omitted=omitted,
        gist=summarise(decisions),
    )


def _unsaid(change: Change) -> Change:
    """The correction is named in full, so that its key need not be told as a note."""
    return replace(change, note="")
