"""`monitor watch diff OLD.toml [NEW.toml]`: what a changed config gains and loses, before it is reloaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.cli.backtests import difference_shape, sample_lines, volume_words
from monitor.cli.session import Session
from monitor.cli.shapes import Shape
from monitor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.config import Config, Differences
    from monitor.errors import Problem
    from monitor.model.watch import Watch
    from monitor.pipeline.backtest import Revision


def show_changes(session: Session, old_path: str | None, new_path: Path | None, since: date, until: date) -> int:
    """Hold the archive against both configs."""
    from monitor.app import find_lost_watches
    from monitor.config import differences
    from monitor.pipeline.backtest import compare_watches

    if old_path is None:
        raise UsageError("say which config it was: monitor watch diff OLD.toml")
    old, new = session.read_config(Path(old_path)), session.read_config(new_path)
    found = differences(old, new)
    pairs = _pairs(old, new, found)
    with session.open_archive() as archive:
        revisions = compare_watches(archive, pairs, since, until) if pairs else {}
    questions = find_lost_watches(new)
    session.show(
        _shape(old, new, found, pairs, revisions, questions, since),
        lambda: _lines(found, pairs, revisions, questions, since),
    )
    return 0


def _pairs(old: Config, new: Config, found: Differences) -> dict[str, tuple[Watch | None, Watch | None]]:
    """The watches to be held against the archive, under the name they have now."""
    before, now = ({watch.name: watch for watch in one.watches} for one in (old, new))
    was = {is_now: name for name, is_now in found.renamed}
    names = (*found.watches_added, *found.watches_removed, *found.watches_changed)
    return {name: (before.get(was.get(name, name)), now.get(name)) for name in names}


def _shape(
    old: Config,
    new: Config,
    found: Differences,
    pairs: Mapping[str, tuple[Watch | None, Watch | None]],
    revisions: Mapping[str, Revision],
    questions: list[Problem],
    since: date,
) -> Shape:
    return {
        "old": str(old.path),
        "new": str(new.path),
        "since": since.isoformat(),
        "added": [_side_shape(name, revisions[name], "now") for name in found.watches_added],
        "removed": [_side_shape(name, revisions[name], "was") for name in found.watches_removed],
        "renamed": [{"from": was, "to": now} for was, now in found.renamed],
        "changed": [_change_shape(name, pairs[name], revisions[name]) for name in found.watches_changed],
        "feeds": {
            "added": list(found.feeds_added),
            "removed": list(found.feeds_removed),
            "changed": list(found.feeds_changed),
        },
        "tables": list(found.others),
        "questions": [f"{one.where} {one.message}; {one.help}" for one in questions],
    }


def _side_shape(name: str, revision: Revision, side: str) -> Shape:
    volume, query = (revision.volume, revision.now) if side == "now" else (revision.volume_before, revision.was)
    return {"watch": name, "query": query, "total": volume.total, "a_week": round(volume.a_week, 1)}


def _change_shape(name: str, pair: tuple[Watch | None, Watch | None], revision: Revision) -> Shape:
    return {
        "watch": name,
        "keys": _changed_keys(pair),
        "was": revision.was,
        "now": revision.now,
        "total_was": revision.volume_before.total,
        "total": revision.volume.total,
        "a_week": round(revision.volume.a_week, 1),
        "gains": difference_shape(revision.gains),
        "loses": difference_shape(revision.loses),
    }


def _changed_keys(pair: tuple[Watch | None, Watch | None]) -> list[str]:
    """The keys of a watch that say something else."""
    names = ("title", "keywords", "query", "on", "alert_if_silent", "alert_if_more_than", "tests")
    return [name for name in names if getattr(pair[0], name) != getattr(pair[1], name)]


def _lines(
    found: Differences,
    pairs: Mapping[str, tuple[Watch | None, Watch | None]],
    revisions: Mapping[str, Revision],
    questions: list[Problem],
    since: date,
) -> list[str]:
    lines = [found.words or "nothing is different"]
    if pairs:
        lines += ["", f"held against the archive since {since:%-d %B %Y}:"]
    for name in found.watches_added:
        lines += ["", f"+ {name}: {revisions[name].now}", f"  {volume_words(revisions[name].volume)}"]
    for name in found.watches_removed:
        lines += ["", f"- {name}: {revisions[name].was}", f"  {volume_words(revisions[name].volume_before)}"]
    for name in found.watches_changed:
        lines += ["", f"~ {name}: {', '.join(_changed_keys(pairs[name]))}", *_change_lines(revisions[name])]
    return [*lines, *(f"\nasks: {one.where} {one.message}; {one.help}" for one in questions)]


def _change_lines(revision: Revision) -> list[str]:
    if revision.was == revision.now:
        return ["  finds the same as before"]
    lines = [f"  was {revision.was}", f"  now {revision.now}", f"  {volume_words(revision.volume)}"]
    for verb, difference in (("gains", revision.gains), ("loses", revision.loses)):
        lines += [f"  {verb} {difference.count}", *sample_lines(difference.samples, indent="    ")]
    return lines
