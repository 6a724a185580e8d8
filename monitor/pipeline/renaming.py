"""Renamed watches: what they have matched and who hears of them follows, and a rename that nobody owned up to is asked about."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from monitor.config import Finding
from monitor.mail.renames import follow_renames, subscribed_watches
from monitor.model.watch import Watch
from monitor.store.archive import Archive


def adopt_names(archive: Archive, mail: sqlite3.Connection, watches: Sequence[Watch], now: datetime) -> None:
    """Carry out every `renamed_from`. Run again, or after a crash in between, it changes nothing more."""
    renames = {watch.renamed_from: watch.name for watch in watches if watch.renamed_from}
    with archive.transaction():
        for was, is_now in renames.items():
            archive.matches.rename(was, is_now)
    follow_renames(mail, renames, now)


def lost_watches(watches: Sequence[Watch], subscribed: Mapping[str, int]) -> dict[str, int]:
    """Watches that people are subscribed to and the config does not hold, by name, with how many people."""
    held = {watch.name for watch in watches} | {watch.renamed_from for watch in watches}
    return {name: people for name, people in subscribed.items() if name not in held}


def missing_renames(archive: Archive, mail: sqlite3.Connection, watches: Sequence[Watch]) -> list[Finding]:
    """The renames to ask about, of a config that is to be used with these databases."""
    return ask_for_renames(watches, subscribed_watches(mail), archive.matches.definitions())


def ask_for_renames(
    watches: Sequence[Watch], subscribed: Mapping[str, int], definitions: Mapping[str, Mapping[str, Any]]
) -> list[Finding]:
    """A finding at each watch that is new, where one that people hear of is gone: it may be the same under a new name.

    `definitions` are what each watch that was ever used said last.
    """
    lost = lost_watches(watches, subscribed)
    findings = []
    for place, watch in enumerate(watches):
        if not lost or watch.name in definitions or watch.name in subscribed or watch.renamed_from is not None:
            continue
        name = max(lost, key=lambda name: _likeness(watch, name, definitions.get(name, {})))
        people = "somebody is" if lost[name] == 1 else f"{lost[name]} people are"
        message = f"is new, and '{name}', which {people} subscribed to, is gone"
        remedy = (
            f'renamed_from = "{name}" keeps subscriptions and history; renamed_from = "" says that it is another watch'
        )
        findings.append(Finding(("watch", place, "name"), message, remedy))
    return findings


def _likeness(watch: Watch, name: str, definition: Mapping[str, Any]) -> float:
    """How much a watch looks like one that is gone, by what it says, then by its name."""
    here = " ".join([watch.title, watch.query or "", *watch.keywords])
    there = " ".join([definition.get("title", ""), definition.get("query") or "", *definition.get("keywords", ())])
    return SequenceMatcher(None, here, there).ratio() + SequenceMatcher(None, watch.name, name).ratio() / 10
