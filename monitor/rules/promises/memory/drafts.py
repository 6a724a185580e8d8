"""Drafts of promises: one claim as a draft, and what a later sentence adds to the draft of the same document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from monitor.model.promise import Place, PromiseDraft
from monitor.rules.promises.acts.clauses import Claim
from monitor.rules.promises.nouns.names import Name
from monitor.rules.promises.sentence.sentences import Sentence
from monitor.rules.promises.times.due import Due

_PLACES: tuple[Place, ...] = ("gov.uk", "web", "libraries", "laid")


def new_draft(sentence: Sentence, claim: Claim, name: str, made_on: date) -> PromiseDraft:
    """What a claim promises of a document of this name. What is done without a day told is of the day itself."""
    due, tense = claim.due, claim.tense or "future"
    first = due.first if due is not None else made_on
    last = due.last if due is not None else (None if tense == "future" else made_on)
    if tense != "future" and (due is None or due.sort == "open"):
        first = last = made_on
    evidence = f"{tense}: {sentence.text[claim.start : claim.end]}"
    return PromiseDraft(
        quote=sentence.text, expected=name, where=claim.where or ("none",), due_text=due.text if due else None,
        due_from=first, due_by=last, tense=tense, block=sentence.block, publisher=claim.publisher, evidence=evidence,
    )  # fmt: skip


def echoed(name: Name, last: PromiseDraft, made_on: date, length: int) -> Claim:
    """`So too will the assessment`: the time and the places of the promise before, for another document."""
    due = Due(last.due_text or "", 0, 0, "span", last.due_from or made_on, last.due_by)
    where = tuple(place for place in last.where if place != "none")
    return Claim((name,), False, where, due, "future", "", None, 0, length)


def is_merely_there(draft: PromiseDraft | None) -> bool:
    """Whether all that was said of a document is that it is there: then it may have been for long."""
    return draft is not None and draft.tense == "done" and draft.due_text is None


def joined(old: PromiseDraft, new: PromiseDraft) -> PromiseDraft:
    """The earlier draft with the places of a further one, and with its time, if that says more."""
    where = tuple(place for place in _PLACES if place in {*old.where, *new.where}) or ("none",)
    also = old.also if new.quote in (old.quote, *old.also) else (*old.also, new.quote)
    later = old.due_text is None and new.due_text is not None and (new.due_by is not None or old.due_by is None)
    closed = old.due_by is None and new.due_by is not None and (new.tense == "future" or old.due_text is None)
    if later or closed:
        return replace(old, where=where, also=also, due_text=new.due_text, due_from=new.due_from, due_by=new.due_by)
    return replace(old, where=where, also=also)
