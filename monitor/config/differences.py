"""What is different between two configs: feeds and watches that came, went, changed or have another name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from monitor.config.findings import Finding
from monitor.config.loading import Config
from monitor.model.watch import Watch


@dataclass(frozen=True, slots=True)
class Differences:
    """Names of feeds and watches; `renamed` pairs are (old, new); a renamed watch that also changed stands in both.

    `others` are the tables that say something else: http, schedule, mail, templates_dir.
    """

    feeds_added: tuple[str, ...] = ()
    feeds_removed: tuple[str, ...] = ()
    feeds_changed: tuple[str, ...] = ()
    watches_added: tuple[str, ...] = ()
    watches_removed: tuple[str, ...] = ()
    watches_changed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All of it in one line; empty where nothing is different."""
        parts = {
            "new feeds": self.feeds_added, "feeds removed": self.feeds_removed, "feeds changed": self.feeds_changed,
            "new watches": self.watches_added, "watches removed": self.watches_removed,
            "watches changed": self.watches_changed,
            "watches renamed": tuple(f"{was} to {now}" for was, now in self.renamed), "changed": self.others,
        }  # fmt: skip
        return "; ".join(f"{name}: {', '.join(names)}" for name, names in parts.items() if names)


def differences(old: Config, new: Config) -> Differences:
    """What `new` says that `old` did not, and the other way round."""
    feeds, feeds_before = ({feed.name: feed for feed in one.feeds} for one in (new, old))
    watches = {watch.name: watch for watch in new.watches}
    before = {watch.name: watch for watch in old.watches}
    renamed = {
        watch.renamed_from: watch.name
        for watch in new.watches
        if watch.renamed_from and watch.renamed_from in before and watch.name not in before
    }
    then = {renamed.get(name, name): watch for name, watch in before.items()}
    tables = ("store", "http", "schedule", "mail", "templates_dir")
    return Differences(
        feeds_added=_missing(feeds, feeds_before),
        feeds_removed=_missing(feeds_before, feeds),
        feeds_changed=tuple(name for name in feeds if name in feeds_before and feeds[name] != feeds_before[name]),
        watches_added=_missing(watches, then),
        watches_removed=_missing(then, watches),
        watches_changed=tuple(name for name in watches if name in then and not same_watch(watches[name], then[name])),
        renamed=tuple(renamed.items()),
        others=tuple(name for name in tables if getattr(old, name) != getattr(new, name)),
    )


def fixed_in_flight(running: Config, new: Config) -> list[Finding]:
    """What a running monitor cannot take from a new config: where its databases and files lie."""
    remedy = "stop the monitor, move the file, change this, and start it again"
    return [
        Finding(("store", key), f"cannot change while the monitor runs: it has {before} open", remedy)
        for key, before in running.store
        if getattr(new.store, key) != before
    ]


def same_watch(one: Watch, other: Watch) -> bool:
    """Whether two watches say the same, whatever they are called."""
    return replace(one, name="", renamed_from=None) == replace(other, name="", renamed_from=None)


def _missing(these: Mapping[str, object], those: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(name for name in these if name not in those)
