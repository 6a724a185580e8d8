"""Which matches make a digest, and in what order: by watch, by department, statements first, each item once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.model.diff import Diff
from monitor.model.digest import DepartmentGroup, Item, PromiseNews, Section
from monitor.model.record import Record
from monitor.model.watch import Match
from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.materiality import decide
from monitor.rules.comparison.passages import passages
from monitor.rules.comparison.summary import summarise
from monitor.rules.departments import department_key, one_name
from monitor.rules.fingerprints import whole_text
from monitor.rules.twins import STATEMENTS, fold_twins, plain_title

SECTION_CAP = 25
"""Items shown under one watch; the true count is always said."""

OLDER_CAP = 10
"""Items shown that are old but appeared only now."""

PROMISE_KINDS = ("promise-kept", "promise-overdue")
"""What became of promises: told in a section of its own."""

_PASSAGES = 3
_PASSAGE_WORDS = 40
_NO_DEPARTMENT = "Other publishers"
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
    """What one subscriber is told: sections by watch, older items and promises apart, and how many edits were too slight."""

    sections: tuple[Section, ...] = ()
    older: tuple[Item, ...] = ()
    older_omitted: int = 0
    minor: int = 0
    promises: tuple[PromiseNews, ...] = ()
    reminders: tuple[PromiseNews, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to mail about."""
        return not self.sections and not self.older and not self.promises


def item_of(match: Match, before: Record | None) -> Item:
    """A match as a digest shows it; `before` is the version an update started from."""
    record, change = match.record, match.change
    item = Item(
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
        body=record.text if record.document_type in STATEMENTS else "",
        snippet=match.snippet,
    )
    if change.kind != "updated" or before is None:
        return item
    old, new = (whole_text(one.title, one.summary, one.text) for one in (before, record))
    return with_edit(item, diff_texts(old, new))


def arrange(
    matches: Sequence[Match],
    titles: Mapping[str, str],
    to_item: Callable[[Match], Item],
    to_news: Callable[[Match], PromiseNews | None],
) -> Contents:
    """Put a subscriber's matches in reading order.

    `titles` are the subscriber's watches by name, in the order of the config: an item that matches several stands under
    the first and names the others. `to_item` makes the item of a match, and `to_news` what is told of a promise.
    """
    watches_of: dict[int, list[str]] = defaultdict(list)
    first: dict[int, Match] = {}
    order = {watch: place for place, watch in enumerate(titles)}
    for match in sorted(matches, key=lambda match: (order[match.watch], match.change.id)):
        watches_of[match.change.id].append(match.watch)
        first.setdefault(match.change.id, match)
    sections: dict[str, list[Item]] = defaultdict(list)
    older: list[Item] = []
    of_promises: list[Match] = []
    minor = 0
    for change_id, match in first.items():
        if match.change.kind in PROMISE_KINDS:
            of_promises.append(match)
        elif match.change.kind == "updated" and not match.change.material:
            minor += 1
        else:
            item = replace(to_item(match), also_in=tuple(titles[watch] for watch in watches_of[change_id][1:]))
            (older if match.change.late else sections[match.watch]).append(item)
    told = {item.key for items in sections.values() for item in items if item.change.kind == "new"}
    news = (to_news(match) for match in of_promises if match.change.key not in told)
    return Contents(
        sections=tuple(_section(watch, titles[watch], sections[watch]) for watch in titles if watch in sections),
        older=tuple(sorted(older, key=_reading_order)[:OLDER_CAP]),
        older_omitted=max(0, len(older) - OLDER_CAP),
        minor=minor,
        promises=fold_news(one for one in news if one is not None),
    )


def fold_news(news: Iterable[PromiseNews]) -> tuple[PromiseNews, ...]:
    """What both Houses were promised in the same statement is told once, with both numbers."""
    folded: dict[tuple[object, ...], PromiseNews] = {}
    for one in news:
        what = one.document.key if one.document else one.expectation.expected if one.expectation else ""
        place = (plain_title(one.statement), one.dated_on, what)
        first = folded.get(place)
        if first is None:
            folded[place] = one
        elif one.identifier and one.identifier not in (first.identifier or ""):
            folded[place] = replace(first, identifier=" and ".join(filter(None, (first.identifier, one.identifier))))
    return tuple(folded.values())


def _fold_together(items: Sequence[Item]) -> list[Item]:
    """Copies of a statement in the other House become one item, and a statement's documents stand under it alone."""
    folded = fold_twins(sorted(items, key=_reading_order))
    nested = {document.key for item in folded for document in item.documents}
    nested |= {item.correction.key for item in folded if item.correction}
    return [item for item in folded if item.key not in nested]


def _section(watch: str, title: str, items: Sequence[Item]) -> Section:
    told = _fold_together(items)
    shown = told[:SECTION_CAP]
    return Section(watch, title, _by_department(shown), omitted=len(told) - len(shown))


def _by_department(items: Iterable[Item]) -> tuple[DepartmentGroup, ...]:
    """One group a department, under whatever names its publishers call it."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[department_key(item.department) or item.department].append(item)
    named = (DepartmentGroup(one_name(item.department for item in group), tuple(group)) for group in groups.values())
    return tuple(sorted(named, key=lambda group: group.department))


def _reading_order(item: Item) -> tuple[float, str, int]:
    """New statements, new documents, updates, then what went away; within each by date, newest first."""
    rank = _RANK[item.change.kind]
    if item.change.kind == "new" and item.document_type not in STATEMENTS:
        rank = 1
    return rank, _newest_first(item), item.change.id


def _newest_first(item: Item) -> str:
    """A day as a text that sorts the other way round."""
    day = item.dated_on or (item.published_at or item.first_seen_at).date()
    return f"{9999_99_99 - int(day.strftime('%Y%m%d')):08d}"


def with_edit(item: Item, diff: Diff, *, lead: str = "") -> Item:
    """An item with the passages that tell most of an edit, how many more there are, and the edit in a line, behind a `lead`."""
    decisions = decide(diff)
    shown, omitted = passages(diff, decisions, limit=_PASSAGES, words=_PASSAGE_WORDS)
    return replace(item, passages=shown, passages_omitted=omitted, gist=lead + summarise(decisions))


def with_replaced(item: Item, replaced: Sequence[tuple[str, str, str]]) -> Item:
    """An item with what differs in a document (title, words before, words after); of several in the one that differs most."""
    compared = [(title, diff_texts(before, after)) for title, before, after in replaced]
    telling = [(title, diff) for title, diff in compared if diff.words_added or diff.words_removed]
    if not telling:
        titles = ", ".join(f"\u201c{title}\u201d" for title, _ in compared)
        return replace(item, gist=f"In {titles} no word is another.") if compared else item
    title, diff = max(telling, key=lambda one: one[1].words_added + one[1].words_removed)
    return with_edit(item, diff, lead=f"In \u201c{title}\u201d: ")
