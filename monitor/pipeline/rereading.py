"""Reading kept bytes again by today's readers, so that an improvement of ours is never told as an edit of the publisher's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from monitor.errors import ParseError
from monitor.model.exchange import Response
from monitor.model.publication import Publication
from monitor.model.record import Known
from monitor.rules.fingerprints import fingerprint
from monitor.sources.registry import READING, SOURCES
from monitor.store.archive import Archive


def read_again(archive: Archive, known: Mapping[str, Known]) -> dict[str, Known]:
    """What we knew, with the text that today's readers make of the same bytes; as it was where they are the same readers."""
    return {key: one if one.reading == READING else _read_again(archive, one) for key, one in known.items()}


def _read_again(archive: Archive, known: Known) -> Known:
    publication = _publication(archive, known)
    if publication is None:
        return known
    record = replace(
        known.record,
        title=publication.title,
        summary=publication.summary,
        text=publication.text,
        notice=publication.notice,
    )
    mark = fingerprint(publication)
    return replace(known, record=record, fingerprint=mark, is_reread=mark != known.fingerprint)


def _publication(archive: Archive, known: Known) -> Publication | None:
    """The publication in the kept bytes; None where they cannot be read any more, or are no answer of its own."""
    capture = archive.library.capture(known.sha256)
    asked = (source.look_again(known.record.key, known.record.url) for source in SOURCES.values())
    request = next((request for request in asked if request is not None), None)
    if capture is None or request is None:
        return None
    answer = Response(request, 200, {"content-type": capture.media_type}, capture.body, request.url)
    try:
        page = SOURCES[request.reader].parse(answer)
    except ParseError:
        return None
    return next((one for one in page.publications if one.key == known.record.key), None)
