"""Which matches make a digest, and in what order: by watch, by department, statements first, each item once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.model.change import Change
from monitor.model.digest import DepartmentGroup, Item, Passage, Section
from monitor.model.record import Record
from monitor.model.watch import Match
from monitor.rules.diff import diff_texts
from monitor.rules.fingerprints import whole_text
from monitor.rules.passages import passages

SECTION_CAP = 25
"""Items shown under one watch; the true count is always said."""

OLDER_CAP = 10
"""Items shown that are old but appeared only now."""

_PASSAGES = 3
_PASSAGE_WORDS = 40
_NO_DEPARTMENT = "Other publishers"
_STATEMENTS = frozenset({"written_statement", "oral_statement"})
_RANK = {
    "new": 0,
    "updated": 2,
    "attachment-replaced": 3,
    "corrected": 4,
    "moved": 5,
    "restored": 6,
    "withdrawn": 7,
    "gone": 8,
}


@dataclass(frozen=True, slots=True)
class Contents:
    """What one subscriber is told: sections by watch, older items apart, and how many edits were too slight to show."""

    sections: tuple[Section, ...] = ()
    older: tuple[Item, ...] = ()
    older_omitted: int = 0
    minor: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to mail about."""
        return not self.sections and not self.older


def item_of(match: Match, before: Record | None) -> Item:
    """A match as a digest shows it; `before` is the version an update started from."""
    record, change = match.record, match.change
    shown, omitted = _passages(change, before, record)
    return Item(
        change=change,
        key=record.key,
        title=record.title,
        url=record.url,
        document_type=record.document_type,
        publisher=record.publisher,
        department=record.department or _NO_DEPARTMENT,
        first_seen_at=record.first_seen_at,
        words=record.words,
        version=record.version,
        versions=record.versions,
        summary=record.summary,
        identifier=record.identifier,
        house=record.house,
        minister=record.minister,
        role=record.role,
        dated_on=record.dated_on,
        published_at=record.published_at,
        notice=record.notice,
        snippet=match.snippet,
        passages=shown,
        passages_omitted=omitted,
    )


def arrange(matches: Sequence[Match], titles: Mapping[str, str], to_item: Callable[[Match], Item]) -> Contents:
    """Put a subscriber's matches in reading order.

    `titles` are the subscriber's watches by name, in the order of the config: an item that matches several stands under
    the first and names the others. `to_item` makes the item of a match, so that one run can make each only once.
    """
    watches_of: dict[int, list[str]] = defaultdict(list)
    first: dict[int, Match] = {}
    order = {watch: place for place, watch in enumerate(titles)}
    for match in sorted(matches, key=lambda match: (order[match.watch], match.change.id)):
        watches_of[match.change.id].append(match.watch)
        first.setdefault(match.change.id, match)
    sections: dict[str, list[Item]] = defaultdict(list)
    older: list[Item] = []
    minor = 0
    for change_id, match in first.items():
        if match.change.kind == "updated" and not match.change.material:
            minor += 1
            continue
        item = replace(to_item(match), also_in=tuple(titles[watch] for watch in watches_of[change_id][1:]))
        (older if match.change.late else sections[match.watch]).append(item)
    return Contents(
        sections=tuple(_section(watch, titles[watch], sections[watch]) for watch in titles if watch in sections),
        older=tuple(sorted(older, key=_reading_order)[:OLDER_CAP]),
        older_omitted=max(0, len(older) - OLDER_CAP),
        minor=minor,
    )


def _section(watch: str, title: str, items: Sequence[Item]) -> Section:
    shown = sorted(items, key=_reading_order)[:SECTION_CAP]
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in shown:
        groups[item.department].append(item)
    return Section(
        watch,
        title,
        tuple(DepartmentGroup(department, tuple(groups[department])) for department in sorted(groups)),
        omitted=len(items) - len(shown),
    )


def _reading_order(item: Item) -> tuple[float, str, int]:
    """New statements, new documents, updates, then what went away; within each by date, newest first."""
    rank = _RANK[item.change.kind]
    if item.change.kind == "new" and item.document_type not in _STATEMENTS:
        rank = 1
    return rank, _newest_first(item), item.change.id


def _newest_first(item: Item) -> str:
    """A day as a text that sorts the other way round."""
    day = item.dated_on or (item.published_at or item.first_seen_at).date()
    return f"{9999_99_99 - int(day.strftime('%Y%m%d')):08d}"


def _passages(change: Change, before: Record | None, after: Record) -> tuple[tuple[Passage, ...], int]:
    if change.kind != "updated" or before is None:
        return (), 0
    diff = diff_texts(
        whole_text(before.title, before.summary, before.text), whole_text(after.title, after.summary, after.text)
    )
    return passages(diff, limit=_PASSAGES, words=_PASSAGE_WORDS)
