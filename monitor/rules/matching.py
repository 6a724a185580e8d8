"""Which watches a change is for: new words, changed words, or a publication they matched when it went away."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.diff import Diff
from monitor.model.record import Record, RecordedChange
from monitor.model.watch import Hit, MatchDraft, Watch
from monitor.rules.diff import diff_texts
from monitor.rules.fingerprints import whole_text
from monitor.rules.keywords import Fields, Lexicon
from monitor.rules.snippets import snippet


def match_change(
    event: RecordedChange, before: Record | None, watches: Sequence[Watch], lexicon: Lexicon
) -> tuple[MatchDraft, ...]:
    """The matches that one change makes. `before` is the version it started from, if there is one.

    An update matches if the publication newly matches, or if the changed passages do; otherwise every republication
    would be mailed again. Everything else matches if the version it led to does.
    """
    fields = _fields(event.record)
    found = lexicon.find(fields)
    if event.change.kind == "updated" and before is not None:
        found = _news(found, lexicon, before, event.record)
    asked = "promised" if event.change.kind.startswith("promise-") else event.change.kind
    wanted = {watch.name for watch in watches if asked in watch.on}
    return tuple(
        MatchDraft(watch, event.change.id, hits, snippet(fields, hits))
        for watch, hits in found.items()
        if watch in wanted
    )


def _news(
    found: dict[str, tuple[Hit, ...]], lexicon: Lexicon, before: Record, after: Record
) -> dict[str, tuple[Hit, ...]]:
    earlier = lexicon.find(_fields(before))
    if not found and not earlier:
        return {}
    diff = diff_texts(
        whole_text(before.title, before.summary, before.text), whole_text(after.title, after.summary, after.text)
    )
    in_changed = lexicon.find({"text": _changed_passages(diff)})
    return {
        watch: found.get(watch, ()) for watch in {**found, **earlier} if watch in in_changed or watch not in earlier
    }


def _changed_passages(diff: Diff) -> str:
    """Every block that was touched, as it was and as it became: words that were taken out concern the reader too."""
    return "\n".join(
        "".join(run.text for run in block.runs if run.op != dropped)
        for block in diff.blocks
        if block.op in ("insert", "delete", "change")
        for dropped in ("-", "+")
    )


def _fields(record: Record) -> Fields:
    return {"title": record.title, "summary": record.summary, "text": record.text}
