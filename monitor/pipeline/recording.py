"""From a haul to the archive: one read of what is known, one comparison, one write. Call within a transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from types import MappingProxyType

from monitor.model.change import Change
from monitor.model.exchange import Departure
from monitor.model.feed import Feed
from monitor.model.publication import Publication
from monitor.model.record import ChangeDraft, Known, Record
from monitor.pipeline.catch import Catch, Sight
from monitor.pipeline.gathering import Haul
from monitor.pipeline.rereading import read_again
from monitor.rules.changes import Listing, compare, is_gone_for_good
from monitor.rules.polling import next_look
from monitor.sources.registry import READING
from monitor.store.accession import Accession
from monitor.store.archive import Archive

_GOVUK = "https://www.gov.uk/"
_NO_TIMES: Mapping[str, datetime] = MappingProxyType({})


def record_haul(
    archive: Archive,
    haul: Haul,
    complete_at: Mapping[str, datetime | None],
    now: datetime,
    missed_before: Mapping[str, datetime] = _NO_TIMES,
) -> list[tuple[str, Change]]:
    """Keep what a haul brought in; returns the changes it made, each with its feed.

    `complete_at` is when each feed was last read whole; `missed_before`, in a reconciliation, when its feed was.
    The validators are kept last, in the same transaction.
    """
    made = []
    for part in _parts(haul):
        made += _record_sights(archive, part, complete_at, missed_before, now)
        for feed, catch in part:
            for departure in _led_to_their_ends(catch.departures):
                made += [(feed.name, change) for change in _depart(archive, departure, now)]
    _record_transcripts(archive, haul, now)
    _plan_looks(archive, haul, now)
    archive.feeds.forget_absences([url for _, catch in haul for url in catch.present])
    archive.feeds.record_exchanges(((feed.name, one) for feed, catch in haul for one in catch.exchanges), now)
    archive.feeds.record_sightings(((feed.name, one) for feed, catch in haul for one in catch.sightings), now)
    archive.feeds.record_validators(one for _, catch in haul for one in catch.validators)
    archive.feeds.forget_addresses(
        {one.asked for _, catch in haul for one in catch.departures if one.kind != "missing"}
    )
    archive.chain.extend()
    return made


def _parts(haul: Haul) -> Iterator[list[tuple[Feed, Catch]]]:
    """The haul in its order, cut where a publication comes a second time, and after what may have taken one away."""
    part: list[tuple[Feed, Catch]] = []
    keys: set[str] = set()
    for feed, catch in haul:
        seen = {sight.publication.key for sight in catch.sights}
        if not keys.isdisjoint(seen):
            yield part
            part, keys = [], set()
        part.append((feed, catch))
        keys |= seen
        if catch.departures:
            yield part
            part, keys = [], set()
    yield part


def _record_sights(
    archive: Archive,
    part: list[tuple[Feed, Catch]],
    complete_at: Mapping[str, datetime | None],
    missed_before: Mapping[str, datetime],
    now: datetime,
) -> list[tuple[str, Change]]:
    sights = {sight.publication.key: (feed, sight) for feed, catch in part for sight in catch.sights}
    known = read_again(archive, archive.library.known(list(sights)))
    accessions = []
    for key, (feed, sight) in sights.items():
        listing = Listing(now, sight.baseline, complete_at.get(feed.name), missed_before.get(feed.name))
        finding = compare(known.get(key), sight.publication, listing)
        look_at = _next_look(archive, known.get(key), sight, now)
        accessions.append(Accession(finding, sight.capture, feed.name, look_at, READING, feed.source))
    return [(sights[change.key][0].name, change) for change in archive.recorder.record(accessions, now)]


def _record_transcripts(archive: Archive, haul: Haul, now: datetime) -> None:
    """What Hansard prints: no version of a statement and no change, but kept as exactly."""
    found = [one for _, catch in haul for one in catch.transcripts]
    archive.recorder.keep_captures((capture for _, capture in found), now)
    archive.transcripts.record(((transcript, capture.sha256) for transcript, capture in found), now)


def _plan_looks(archive: Archive, haul: Haul, now: datetime) -> None:
    """When to look again at what was looked at and had nothing new to say, or could not be read."""
    absent = {key for _, catch in haul for key in catch.looked_at if any(d.kind == "missing" for d in catch.departures)}
    seen = {sight.publication.key for _, catch in haul for sight in catch.sights}
    known = archive.library.known([key for _, catch in haul for key in catch.looked_at if key not in seen])
    looks = {}
    for key, one in known.items():
        if one.record.status != "gone":
            since = one.record.first_seen_at if one.told else _dated(one.record) or one.record.first_seen_at
            is_followed = one.record.document_type == "written_statement" or archive.matches.is_cared_for(key)
            looks[key] = next_look(since, now, is_followed=is_followed, is_absent=key in absent)
    archive.recorder.record_looks(looks)


def _next_look(archive: Archive, known: Known | None, sight: Sight, now: datetime) -> datetime | None:
    seen = sight.publication
    if known is not None and known.told:
        since = known.record.first_seen_at
    elif known is None and not sight.baseline:
        since = now
    else:
        since = _dated(seen) or now
    is_followed = seen.document_type == "written_statement" or (
        known is not None and archive.matches.is_cared_for(seen.key)
    )
    return next_look(since, now, is_followed=is_followed)


def _dated(seen: Publication | Record) -> datetime | None:
    """When the publisher last spoke of it."""
    day = datetime.combine(seen.dated_on, time(), UTC) if seen.dated_on else None
    return seen.updated_at or seen.published_at or day


def _led_to_their_ends(departures: Sequence[Departure]) -> Iterator[Departure]:
    """Departures, a redirect to a redirect naming where that one leads; one to what is gone itself is gone too."""
    ends = {departure.url: departure for departure in departures}
    for departure in departures:
        end, passed = departure, {departure.url}
        while end.kind == "redirected" and end.to_url in ends and end.to_url not in passed:
            end = ends[end.to_url]
            passed.add(end.url)
        yield end if end is departure else replace(end, url=departure.url, asked=departure.asked)


def _depart(archive: Archive, departure: Departure, now: datetime) -> tuple[Change, ...]:
    key = archive.library.key_at(departure.url)
    if key is None or archive.library.record(key).status == "gone":
        return ()
    successor = None
    if departure.kind == "missing" and not is_gone_for_good(*archive.feeds.record_absence(departure.asked, now), now):
        return ()
    if departure.kind == "redirected" and departure.to_url:
        successor = archive.library.key_at(departure.to_url)
        if successor is None and departure.to_url.startswith(_GOVUK):
            return ()
    draft = ChangeDraft("gone", note=departure.explanation)
    return archive.recorder.record_departure(key, draft, successor or departure.to_url, now)
