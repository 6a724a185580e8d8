"""From a catch to the archive: one read of what is known, one comparison, one write. Call within a transaction."""

from __future__ import annotations

from datetime import UTC, datetime, time

from monitor.model.change import Change
from monitor.model.exchange import Departure
from monitor.model.publication import Publication
from monitor.model.record import ChangeDraft, Known
from monitor.pipeline.catch import Catch, Sight
from monitor.rules.changes import Listing, compare, is_gone_for_good
from monitor.rules.polling import next_look
from monitor.store.archive import Archive

_GOVUK = "https://www.gov.uk/"


def record_catch(
    archive: Archive, feed: str, catch: Catch, *, complete_at: datetime | None, now: datetime
) -> tuple[Change, ...]:
    """Keep a catch; returns the changes it made. `complete_at` is when the feed was last read whole."""
    sights = {sight.publication.key: sight for sight in catch.sights}
    known = archive.library.known(list(sights))
    found = [
        (compare(known.get(key), sight.publication, Listing(now, sight.baseline, complete_at)), sight.capture)
        for key, sight in sights.items()
    ]
    looks = {key: _next_look(archive, known.get(key), sight, now) for key, sight in sights.items()}
    changes = list(archive.recorder.record(feed, found, looks, now))
    for departure in catch.departures:
        changes += _depart(archive, departure, now)
    archive.feeds.forget_absences(catch.present)
    archive.feeds.record_exchanges(feed, catch.exchanges, now)
    archive.feeds.record_sightings(feed, catch.sightings, now)
    archive.feeds.record_validators(catch.validators)
    return tuple(changes)


def _next_look(archive: Archive, known: Known | None, sight: Sight, now: datetime) -> datetime | None:
    seen = sight.publication
    if known is not None and known.told:
        since = known.record.first_seen_at
    elif known is None and not sight.baseline:
        since = now
    else:
        since = _dated(seen) or now
    is_followed = seen.document_type == "written_statement" or archive.matches.has_any(seen.key)
    return next_look(since, now, is_followed=is_followed)


def _dated(seen: Publication) -> datetime | None:
    """When the publisher last spoke of it."""
    day = datetime.combine(seen.dated_on, time(), UTC) if seen.dated_on else None
    return seen.updated_at or seen.published_at or day


def _depart(archive: Archive, departure: Departure, now: datetime) -> tuple[Change, ...]:
    key = archive.library.key_at(departure.url)
    if key is None or archive.library.record(key).status == "gone":
        return ()
    successor = None
    if departure.kind == "missing" and not is_gone_for_good(*archive.feeds.record_absence(departure.url, now), now):
        return ()
    if departure.kind == "redirected" and departure.to_url:
        successor = archive.library.key_at(departure.to_url)
        if successor is None and departure.to_url.startswith(_GOVUK):
            return ()
    draft = ChangeDraft("gone", note=departure.explanation)
    return archive.recorder.record_departure(key, draft, successor or departure.to_url, now)
