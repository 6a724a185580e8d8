"""Departments refreshed: today's answering bodies and organisations are read and held against our table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.fetch.fetcher import Fetcher
from monitor.model.department import ListedBody
from monitor.model.exchange import Request, Validators
from monitor.rules.departments import department_key, find_listed
from monitor.sources.department_lists import (
    ANSWERING_BODIES,
    ORGANISATIONS,
    read_answering_bodies,
    read_organisations,
)
from monitor.store.archive import Archive
from monitor.store.departments import KeptBody

_MOST_PAGES = 200
_DEPARTMENTS = ("Answering body", "Ministerial department")


@dataclass(frozen=True, slots=True)
class DepartmentsReport:
    """What a refresh came to: bodies that are `new`, whose name or state `changed` (before, after), and that our table lacks."""

    listed: int
    new: tuple[ListedBody, ...]
    changed: tuple[tuple[ListedBody, ListedBody], ...]
    unknown: tuple[ListedBody, ...]


def refresh_departments(archive: Archive, fetcher: Fetcher, *, now: datetime) -> DepartmentsReport:
    """Read both lists whole, then keep them in one go. Raises FetchError or ParseError, and then keeps nothing."""
    bodies = (*read_answering_bodies(fetcher.fetch(ANSWERING_BODIES, Validators())), *_organisations(fetcher))
    before: dict[tuple[str, str], KeptBody] = {
        (kept.body.publisher, kept.body.id): kept for kept in archive.departments.all()
    }
    joined = [(body, find_listed(body) or department_key(body.name)) for body in bodies]
    with archive.transaction():
        archive.departments.record(joined, now)
        archive.departments.record_names(_new_names(joined))
    return DepartmentsReport(
        listed=len(bodies),
        new=tuple(body for body in bodies if (body.publisher, body.id) not in before),
        changed=tuple(_changed(before, bodies)),
        unknown=tuple(
            body for body, key in joined if key is None and body.kind in _DEPARTMENTS and body.state in ("live", "joining")
        ),
    )  # fmt: skip


def _new_names(joined: Sequence[tuple[ListedBody, str | None]]) -> Iterable[tuple[str, str]]:
    """Names that the table does not have: of what it has under another, and of what this became."""
    unknown = {body.id: body.name for body, key in joined if key is None and body.publisher == "govuk"}
    for body, key in joined:
        if key is None:
            continue
        if department_key(body.name) is None:
            yield body.name, key
        if body.publisher == "govuk" and body.kind in _DEPARTMENTS:
            yield from ((unknown[heir], key) for heir in body.successors if heir in unknown)


def _organisations(fetcher: Fetcher) -> Iterable[ListedBody]:
    following: Request | None = ORGANISATIONS
    for _ in range(_MOST_PAGES):
        if following is None:
            return
        found, following = read_organisations(fetcher.fetch(following, Validators()))
        yield from found


def _changed(
    before: dict[tuple[str, str], KeptBody], bodies: Iterable[ListedBody]
) -> Iterable[tuple[ListedBody, ListedBody]]:
    for body in bodies:
        known = before.get((body.publisher, body.id))
        if known and (known.body.name, known.body.state) != (body.name, body.state):
            yield known.body, body
