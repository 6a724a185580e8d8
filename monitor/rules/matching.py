"""Which watches a change is for: new words, changed words, or a publication they matched when it went away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.model.diff import Diff
from monitor.model.record import Record, RecordedChange
from monitor.model.watch import MatchDraft
from monitor.rules.comparison.diff import diff_texts
from monitor.rules.documents import Document, read_record
from monitor.rules.percolator.news import changed_document
from monitor.rules.snippets import snippet
from monitor.rules.watching import Watchbook

Attachments = Sequence[tuple[str, str]]
"""Ids and texts of a publication's attachments."""


def match_change(
    event: RecordedChange, before: Record | None, book: Watchbook, *, attachments: Attachments = ()
) -> tuple[MatchDraft, ...]:
    """The matches that one change makes. `before` is the version it started from, if there is one.

    An update matches if the publication newly matches, or if the changed passages do; otherwise every republication
    would be mailed again. Everything else matches if the version it led to does.
    """
    after = read_record(event.record, attachments=attachments)
    if event.change.kind == "updated" and before is not None:
        then = read_record(before, attachments=attachments)
        diff = diff_texts(before.text, event.record.text)
        found = book.news(after, then, changed_document(then, after, _changed_passages(diff)))
    else:
        found = book.news(after)
    wanted = {watch.name for watch in book.watches if watch.hears_of(event.change.kind)}
    texts = _texts(after)
    return tuple(
        MatchDraft(watch, event.change.id, evaluation.hits, snippet(texts, evaluation.hits))
        for watch, evaluation in found.items()
        if watch in wanted
    )


def _changed_passages(diff: Diff) -> str:
    """Every block that was touched, as it was and as it became: words that were taken out concern the reader too."""
    return "\n".join(
        "".join(run.text for run in block.runs if run.op != dropped)
        for block in diff.blocks
        if block.op in ("insert", "delete", "change")
        for dropped in ("-", "+")
    )


def _texts(document: Document) -> Mapping[tuple[str, str], str]:
    return {(part.field, part.attachment): part.text for part in document.parts}
