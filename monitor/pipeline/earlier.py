"""What a reader was sent before: an item that was corrected, changed or withdrawn says when it went to them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from monitor.mail.outbox import Outbox
from monitor.model.digest import DepartmentGroup, Item
from monitor.rules.digests import Contents
from monitor.store.archive import Archive

_SPEAK_OF_BEFORE = ("corrected", "updated", "withdrawn", "gone")


@dataclass(frozen=True, slots=True)
class Earlier:
    """Looks up, for one run, which mail told a reader of a publication first."""

    archive: Archive
    outbox: Outbox
    _changes: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def marked(self, contents: Contents, subscriber_id: int, zone: ZoneInfo) -> tuple[Contents, tuple[str, ...]]:
        """The contents with the day each such item was first sent to this reader; and the Message-IDs of those mails where
        all there is to tell is corrections. The same object where nothing was sent before.
        """
        items = [item for section in contents.sections for group in section.groups for item in group.items]
        sent = {item.change.id: found for item in items if (found := self._sent(item, subscriber_id)) is not None}
        if not sent:
            return contents, ()
        days = {number: at.astimezone(zone).date() for number, (at, _) in sent.items()}
        sections = tuple(
            replace(section, groups=tuple(_mark(group, days) for group in section.groups))
            for section in contents.sections
        )
        only_corrections = all(item.change.kind == "corrected" and item.change.id in sent for item in items)
        is_answer = only_corrections and not contents.older and not contents.promises
        answers = tuple(dict.fromkeys(identity for _, identity in sorted(sent.values()))) if is_answer else ()
        return replace(contents, sections=sections), answers

    def _sent(self, item: Item, subscriber_id: int) -> tuple[datetime, str] | None:
        if item.change.kind == "new":
            told = [one.change.id for key in sorted(item.tied) for one in self.archive.changes.of(key)]
            return self.outbox.first_told(subscriber_id, told) if told else None
        if item.change.kind not in _SPEAK_OF_BEFORE:
            return None
        if item.key not in self._changes:
            self._changes[item.key] = tuple(one.change.id for one in self.archive.changes.of(item.key))
        before = [number for number in self._changes[item.key] if number < item.change.id]
        return self.outbox.first_told(subscriber_id, before) if before else None


def _mark(group: DepartmentGroup, days: dict[int, date]) -> DepartmentGroup:
    items = tuple(replace(item, sent_on=days.get(item.change.id)) for item in group.items)
    return DepartmentGroup(group.department, items)
