"""Fetching the files behind attachments and turning them into text. Part of the verb resolve."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from monitor.errors import FetchError
from monitor.extract.extractor import Extractor
from monitor.fetch.fetcher import Fetcher
from monitor.model.exchange import Request, Validators
from monitor.model.feed import Exchange
from monitor.model.paper import Paper, PaperText
from monitor.model.publication import TextState
from monitor.rules.retrieval import Obstacle, find_obstacle, next_try, refusal
from monitor.store.archive import Archive
from monitor.store.papers import Wanted
from monitor.store.vault import Vault

FEED = "attachments"
"""Under this name the exchanges stand in `polls`."""

_MOST = 50


@dataclass(frozen=True, slots=True)
class Desk:
    """Where papers are read: the way to them, the reader, and where their bytes are kept."""

    fetcher: Fetcher
    extractor: Extractor
    vault: Vault


def gather_papers(archive: Archive, desk: Desk, *, now: datetime, is_stopping: Callable[[], bool]) -> tuple[Paper, ...]:
    """Fetch and read the files that are due, each kept as soon as it is read. Returns what became of them."""
    papers = []
    for wanted in archive.papers.due(now, _MOST):
        if is_stopping():
            break
        paper, words, exchange = _gather(desk, wanted, now)
        with archive.transaction():
            archive.papers.record(paper, words)
            archive.feeds.record_exchanges([(FEED, exchange)], now)
        papers.append(paper)
    return tuple(papers)


def _gather(desk: Desk, wanted: Wanted, now: datetime) -> tuple[Paper, PaperText, Exchange]:
    url = wanted.paper.url
    tried = replace(wanted.paper, attempts=wanted.paper.attempts + 1)
    try:
        response = desk.fetcher.fetch(Request(url, FEED, content="file"), Validators())
    except FetchError as error:
        obstacle = refusal(error.url, str(error), transient=error.transient)
        return _put_off(tried, obstacle, now), PaperText(), Exchange(url, "failed", error.status, error=str(error))
    found = find_obstacle(url, response.final_url, response.status, response.media_type, wanted.media_type)
    if found is not None:
        exchange = Exchange(url, "failed", response.status, len(response.body), response.elapsed_ms, found.reason)
        return _put_off(tried, found, now), PaperText(), exchange
    name = PurePosixPath(urlsplit(url).path).name
    extraction = desk.extractor.extract(response.body, name=name, claimed_type=wanted.media_type)
    paper = replace(
        tried,
        text_state=extraction.state,
        sha256=desk.vault.keep(response.body),
        media_type=extraction.media_type,
        size=len(response.body),
        pages=extraction.pages,
        reason=extraction.reason,
        extractor=extraction.extractor,
        fetched_at=now,
        next_try_at=None,
    )
    exchange = Exchange(url, "new-content", response.status, len(response.body), response.elapsed_ms)
    return paper, PaperText(extraction.text, extraction.positions), exchange


def _put_off(paper: Paper, obstacle: Obstacle, now: datetime) -> Paper:
    again_at = None if obstacle.is_final else next_try(paper.attempts, now)
    state: TextState = "pending" if again_at else "damaged"
    reason = obstacle.reason if again_at else f"{obstacle.reason}; asked for {paper.attempts} times"
    return replace(paper, text_state=state, reason=reason, next_try_at=again_at)
