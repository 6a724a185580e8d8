"""Fetching what is attached to publications and turning it into text: files, and pages of GOV.UK. Part of the verb resolve."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from monitor.errors import FetchError, ParseError
from monitor.extract.extractor import Extractor
from monitor.model.exchange import Request, Response, Validators
from monitor.model.feed import Exchange
from monitor.model.paper import Paper, PaperText
from monitor.model.publication import TextState
from monitor.model.record import ChangeDraft
from monitor.pipeline.publishers import Publishers
from monitor.rules.changes import attached_page_edited
from monitor.rules.retrieval import Obstacle, find_obstacle, next_try, obstacle_of
from monitor.sources.registry import READING
from monitor.store.archive import Archive
from monitor.store.papers import Wanted
from monitor.store.vault import Vault

FEED = "attachments"
"""Under this name the exchanges stand in `polls`."""

_GATHERING = "papers"
_MOST = 50
_PAGES = "govuk_content"
_PAGE_AGAIN = timedelta(days=7)
"""A page may be edited where it stands, which a file cannot: after this it is read again."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where papers are read: the way to them, the reader, and where their bytes are kept."""

    publishers: Publishers
    extractor: Extractor
    vault: Vault


@dataclass(frozen=True, slots=True)
class _Finding:
    """What became of one attachment, its words, and the exchange with its publisher."""

    paper: Paper
    words: PaperText
    exchange: Exchange


def gather_papers(archive: Archive, desk: Desk, *, now: datetime, is_stopping: Callable[[], bool]) -> tuple[Paper, ...]:
    """Fetch and read what is due, each kept as soon as it is read. Returns what became of it."""
    papers = []
    seen_to, newest = archive.matches.progress(_GATHERING), archive.promises.newest_version()
    due = archive.papers.due(now, _MOST, after_version=seen_to)
    for wanted in due:
        if is_stopping():
            break
        before = archive.papers.words_at(wanted.paper.url)
        found = _gather(desk, wanted, before, now)
        with archive.transaction():
            archive.papers.record(found.paper, found.words)
            archive.feeds.record_exchanges([(FEED, found.exchange)], now)
            for key, draft in _edits(archive, wanted, before.text, found.words.text):
                archive.changes.tell(key, draft, now)
        papers.append(found.paper)
    if len(papers) < _MOST and len(papers) == len(due) and newest > seen_to:
        with archive.transaction():
            archive.matches.record_progress(_GATHERING, newest)
    return tuple(papers)


def _gather(desk: Desk, wanted: Wanted, before: PaperText, now: datetime) -> _Finding:
    url = wanted.paper.url
    page = desk.publishers.sources[_PAGES].look_again("govuk:", url) if wanted.kind != "file" else None
    request = replace(page, stamp="") if page else Request(url, FEED, content="file")
    tried = replace(wanted.paper, attempts=wanted.paper.attempts + 1)
    try:
        response = desk.publishers.fetcher.fetch(request, Validators())
    except FetchError as error:
        return _put_off(
            tried, obstacle_of(request.url, error), now, Exchange(request.url, "failed", error.status, error=str(error))
        )
    return _read_page(desk, tried, before, response, now) if page else _read_file(desk, tried, wanted, response, now)


def _read_file(desk: Desk, tried: Paper, wanted: Wanted, response: Response, now: datetime) -> _Finding:
    url = tried.url
    claimed = wanted.media_type or ("text/html" if wanted.kind == "external" else None)
    obstacle = find_obstacle(url, response.final_url, response.status, response.media_type, claimed)
    if obstacle is not None:
        return _put_off(tried, obstacle, now, _failed(response, obstacle.reason))
    name = PurePosixPath(urlsplit(url).path).name
    done = desk.extractor.extract(response.body, name=name, claimed_type=claimed)
    paper = replace(
        _kept(desk, tried, response, now),
        text_state=done.state,
        media_type=done.media_type,
        pages=done.pages,
        reason=done.reason,
        extractor=done.extractor,
    )
    return _Finding(paper, PaperText(done.text, done.positions), _succeeded(response))


def _read_page(desk: Desk, tried: Paper, before: PaperText, response: Response, now: datetime) -> _Finding:
    """A page that is attached is read as every page of GOV.UK is: from its item in the Content API."""
    try:
        page = desk.publishers.reader.read(response)
    except ParseError as error:
        return _put_off(tried, Obstacle(str(error)), now, _failed(response, str(error)))
    if not page.publications:
        departure = page.departures[0] if page.departures else None
        obstacle = Obstacle("the page is not there yet (404)")
        if departure is not None and departure.kind == "gone":
            obstacle = Obstacle("the publisher has taken the page down", is_final=True)
        elif departure is not None and departure.kind == "redirected":
            obstacle = Obstacle(f"the page leads to {departure.to_url}")
        return _put_off(tried, obstacle, now, _failed(response, obstacle.reason))
    text = page.publications[0].text
    # Its item changes whenever something beside it does: only other words are worth keeping again.
    is_same = tried.sha256 is not None and text == before.text
    paper = replace(
        replace(tried, fetched_at=now) if is_same else _kept(desk, tried, response, now),
        attempts=0,
        text_state="extracted" if text else "no-text",
        media_type="text/html",
        reason="" if text else "there are no words in it",
        extractor=f"{_PAGES}/{READING}",
        next_try_at=now + _PAGE_AGAIN,
    )
    return _Finding(paper, PaperText(text), _succeeded(response))


def _kept(desk: Desk, tried: Paper, response: Response, now: datetime) -> Paper:
    sha256 = desk.vault.keep(response.body)
    return replace(tried, sha256=sha256, size=len(response.body), fetched_at=now, next_try_at=None)


def _put_off(paper: Paper, obstacle: Obstacle, now: datetime, exchange: Exchange) -> _Finding:
    """Ask again later, or not; what was kept of it before stays as it is."""
    again_at = None if obstacle.is_final else next_try(paper.attempts, now)
    if paper.sha256 is not None:
        return _Finding(replace(paper, next_try_at=again_at), PaperText(), exchange)
    state: TextState = "pending" if again_at else obstacle.state
    asked = f"{obstacle.reason}; asked for {paper.attempts} times" if paper.attempts > 1 else obstacle.reason
    reason = obstacle.reason if again_at else asked
    return _Finding(replace(paper, text_state=state, reason=reason, next_try_at=again_at), PaperText(), exchange)


def _edits(archive: Archive, wanted: Wanted, before: str, after: str) -> tuple[tuple[str, ChangeDraft], ...]:
    """An edit of an attached page is a change of the publications that it belongs to."""
    draft = attached_page_edited(wanted.title, before, after) if wanted.kind == "html" and before and after else None
    return tuple((key, draft) for key in archive.papers.carriers(wanted.paper.url)) if draft else ()


def _failed(response: Response, reason: str) -> Exchange:
    size = len(response.body)
    return Exchange(response.request.url, "failed", response.status, size, response.elapsed_ms, reason)


def _succeeded(response: Response) -> Exchange:
    return Exchange(response.request.url, "new-content", response.status, len(response.body), response.elapsed_ms)
