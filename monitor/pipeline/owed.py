"""What a subscriber is owed: matches of the config's watches, from the archive, and of watches of their own, from mail.db."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.mail.own_watches import OwnMatch, OwnWatches
from monitor.model.watch import OWN, Match, Watch
from monitor.pipeline.turns import Turn
from monitor.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Heads:
    """The newest match of either sequence, as a run of digests finds them."""

    archive: int
    own: int

    def of(self, watch: str) -> int:
        """The head of the sequence that a watch counts in."""
        return self.own if watch.startswith(OWN) else self.archive


@dataclass(frozen=True, slots=True)
class Owed:
    """Both places that matches come from, as one. `titles` are those of the config's watches, by name, with their places."""

    archive: Archive
    own: OwnWatches
    titles: Mapping[str, tuple[int, str]]

    @classmethod
    def of(cls, archive: Archive, own: OwnWatches, watches: Sequence[Watch]) -> Owed:
        """What is owed by the watches of a config and by readers' own."""
        return cls(archive, own, {watch.name: (place, watch.title) for place, watch in enumerate(watches)})

    def heads(self) -> Heads:
        """Where both sequences stand now."""
        return Heads(self.archive.matches.head(), self.own.head())

    def titles_for(self, turn: Turn) -> dict[str, str]:
        """The watches that a digest is about, by name: those of the config in its order, then the reader's own."""
        wanted = [one.watch for one in turn.subscriptions]
        known = sorted((self.titles[name], name) for name in wanted if name in self.titles)
        titles = {name: title for (_, title), name in known}
        if any(name.startswith(OWN) for name in wanted):
            mine = self.own.of(turn.subscriber.id)
            titles |= {watch.name: watch.title for watch in mine if watch.name in wanted}
        return titles

    def matches(self, covered: Mapping[str, int], heads: Heads) -> list[Match]:
        """What some watches have matched since they were covered (name → match), each sequence in its order."""
        public = {name: to for name, to in covered.items() if not name.startswith(OWN)}
        mine = {name: to for name, to in covered.items() if name.startswith(OWN)}
        found: list[Match] = []
        if public:
            found += self.archive.matches.between(min(public.values()), heads.archive, tuple(public))
        if mine:
            found += whole_matches(self.archive, self.own.matches_between(min(mine.values()), heads.own, tuple(mine)))
        return [match for match in found if match.id > covered[match.watch]]


def whole_matches(archive: Archive, matches: Sequence[OwnMatch]) -> list[Match]:
    """Matches of own watches with the changes they are of."""
    events = archive.changes.numbered([match.change_id for match in matches])
    return [
        Match(one.id, one.watch, 1, events[one.change_id].change, one.hits, one.snippet, events[one.change_id].record)
        for one in matches
        if one.change_id in events
    ]
