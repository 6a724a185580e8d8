"""resolve: enter what statements name and promise, fetch what they link to and what is attached, and settle what has arrived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from monitor.model.ledger import Promise
from monitor.model.paper import Paper
from monitor.pipeline.correcting import tie_corrections
from monitor.pipeline.following import follow_links, look_up
from monitor.pipeline.linking import link_up
from monitor.pipeline.papers import Desk, gather_papers
from monitor.pipeline.publishers import Publishers
from monitor.pipeline.settling import open_promises, settle_promises
from monitor.store.archive import Archive


@dataclass(frozen=True, slots=True)
class ResolveReport:
    """What a run came to: promises opened, kept, possibly kept and overdue since the last; papers fetched; links followed."""

    opened: int
    kept: tuple[Promise, ...]
    possible: tuple[Promise, ...]
    overdue: tuple[Promise, ...]
    papers: tuple[Paper, ...]
    followed: int


def resolve(
    archive: Archive,
    publishers: Publishers,
    desk: Desk,
    *,
    now: datetime,
    today: date,
    is_stopping: Callable[[], bool] = lambda: False,
) -> ResolveReport:
    """Take the new versions from the tray, and look at every promise that may still be kept. Run again, it changes nothing."""
    link_up(archive)
    tie_corrections(archive, now)
    opened = open_promises(archive, now)
    followed = follow_links(archive, publishers, now, is_stopping) + look_up(
        archive, publishers, now, today, is_stopping
    )
    papers = gather_papers(archive, desk, now=now, is_stopping=is_stopping)
    with archive.transaction():
        archive.chain.extend()
    kept, possible, overdue = settle_promises(archive, now, today)
    return ResolveReport(opened, kept, possible, overdue, papers, followed)
