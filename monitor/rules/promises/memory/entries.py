"""The documents that a statement's ledger holds, and whether a name is one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.model.promise import PromiseDraft
from monitor.rules.promises.acts.clauses import Claim
from monitor.rules.promises.nouns.names import Name, adds_nothing, is_plural, same_document, same_head


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the statement: its name, and the promise of it, if there is one.

    `linked` once its page was given, `old` where it was published before the statement.
    """

    name: Name
    draft: PromiseDraft | None
    linked: bool = False
    old: bool = False


def is_same(entry: Entry, name: Name) -> bool:
    """Whether a name is that of an entry."""
    if any(_is_name(known, name) for known in (entry.name, entry.name.also) if known is not None):
        return True
    bare = name.words.lower() == name.head and is_plural(name.head)
    return bare and entry.draft is not None and same_head(entry.name.head, name.head)


def _is_name(known: Name, name: Name) -> bool:
    short = name.back == "short" and same_head(known.head, name.head) and adds_nothing(name, known)
    return short or same_document(known, name)


def is_another_time(entry: Entry, claim: Claim) -> bool:
    """Whether the same document is promised again for other days: that is another promise."""
    draft, due = entry.draft, claim.due
    if draft is None or due is None or due.sort != "span" or claim.tense is None or draft.due_from is None:
        return False
    return draft.due_by is not None and due.first > draft.due_by


def with_another(entries: Sequence[Entry], number: int, recent: Iterable[int]) -> list[int]:
    """`Both will be there`, after two sentences that promise one document each: the entry, and the one before."""
    before = [other for other in recent if other < number and entries[other].draft is not None]
    single = all(not is_plural(entries[one].name.head) for one in (number, *before[-1:]))
    return [*before[-1:], number] if single else [number]
