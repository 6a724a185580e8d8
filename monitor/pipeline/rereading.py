"""Reading kept bytes again by today's readers, so that an improvement of ours is never told as an edit of the publisher's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from monitor.errors import ParseError
from monitor.model.exchange import Response
from monitor.model.publication import Publication
from monitor.model.record import Known, Record
from monitor.rules.fingerprints import fingerprint
from monitor.sources.registry import READING, SOURCES
from monitor.store.archive import Archive


def read_again(archive: Archive, known: Mapping[str, Known]) -> dict[str, Known]:
    """What we knew, with the text that today's readers make of the same bytes; as it was where they are the same readers."""
    return {key: one if one.reading == READING else _read_again(archive, one) for key, one in known.items()}


def in_one_reading(archive: Archive, older: Record, newer: Record) -> tuple[Record, Record]:
    """Two versions of a publication, their words made by the same readers, so that they can be compared.

    Where they were not, both are read again; as they are where their bytes cannot be read any more.
    """
    versions = {version.number: version for version in archive.library.versions(older.key)}
    before, after = versions[older.version], versions[newer.version]
    if before.reading == after.reading:
        return older, newer
    then, now = _publication(archive, older, before.sha256), _publication(archive, newer, after.sha256)
    return (_in_its_words(older, then), _in_its_words(newer, now)) if then and now else (older, newer)


def _read_again(archive: Archive, known: Known) -> Known:
    publication = _publication(archive, known.record, known.sha256)
    if publication is None:
        return known
    mark = fingerprint(publication)
    return replace(
        known,
        record=_in_its_words(known.record, publication),
        fingerprint=mark,
        is_reread=mark != known.fingerprint,
    )


def _in_its_words(record: Record, publication: Publication) -> Record:
    return replace(
        record,
        title=publication.title,
        summary=publication.summary,
        text=publication.text,
        notice=publication.notice,
    )


def _publication(archive: Archive, record: Record, sha256: str) -> Publication | None:
    """The publication in the kept bytes; None where they cannot be read any more, or are no answer of its own."""
    capture = archive.library.capture(sha256)
    asked = (source.look_again(record.key, record.url) for source in SOURCES.values())
    request = next((request for request in asked if request is not None), None)
    if capture is None or request is None:
        return None
    answer = Response(request, 200, {"content-type": capture.media_type}, capture.body, request.url)
    try:
        page = SOURCES[request.reader].parse(answer)
    except ParseError:
        return None
    return next((one for one in page.publications if one.key == record.key), None)
