"""The items of digests, each made once however many subscribers get it. Part of the verb digest."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from monitor.model.digest import Item
from monitor.model.record import Record
from monitor.model.watch import Match
from monitor.pipeline.rereading import in_one_reading
from monitor.rules.corrections import put_right
from monitor.rules.digests import item_of, with_replaced
from monitor.rules.snippets import first_hit
from monitor.rules.twins import STATEMENTS, tied_by
from monitor.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Items:
    """Makes items of matches, with what the archive knows besides: copies, corrections, the page a snippet is from."""

    archive: Archive
    _made: dict[tuple[str, int], Item] = field(default_factory=dict)

    def of(self, match: Match) -> Item:
        """A match as a digest shows it."""
        # Own watches number their matches anew.
        place = (match.watch, match.id)
        if place not in self._made:
            self._made[place] = self._make(match)
        return self._made[place]

    def _make(self, match: Match) -> Item:
        before, after = self.archive.changes.before(match.change), match.record
        if before is not None:
            before, after = in_one_reading(self.archive, before, after)
        item = item_of(replace(match, record=after), before)
        if match.snippet and match.hits:
            item = replace(item, found_in=self._found_in(match))
        if item.document_type in STATEMENTS:
            links = self.archive.links.of(item.key)
            tied = tied_by(item.key, ((one.from_key, one.to_key, one.rel, one.sentence) for one in links))
            item = replace(item, tied=tied)
        if match.change.kind == "attachment-replaced":
            found = self.archive.paper_states.replaced_by(match.change)
            item = with_replaced(item, [(one.title, one.before, one.after) for one in found])
        return self._put_right(item, match.record) if match.change.kind == "corrected" else item

    def _found_in(self, match: Match) -> str:
        """The attachment that the snippet of a match is from, and its page; empty where it is from the page itself."""
        hit, record = first_hit(match.hits), match.record
        if hit.field != "attachment":
            return ""
        return self.archive.papers.place_in(record.key, record.version, hit.attachment, hit.start)

    def _put_right(self, item: Item, original: Record) -> Item:
        """What was corrected, with its newest correction, where that one is in the archive."""
        links = self.archive.links.of(item.key)
        keys = [one.to_key for one in links if one.rel == "corrected-by" and one.from_key == item.key and one.to_key]
        corrections = sorted((self.archive.library.record(key) for key in keys), key=lambda one: one.first_seen_at)
        return put_right(item, original.text, corrections[-1]) if corrections else item
