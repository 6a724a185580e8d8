"""The watches as standing queries: read from their saved form at the start of the worker, and saved when many have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.errors import IntegrityError
from monitor.model.watch import Watch
from monitor.pipeline.naming import DepartmentNames
from monitor.rules.percolator.saving import read_segment, segment_bytes
from monitor.rules.percolator.segment import Segment
from monitor.rules.watching import Watchbook, compile_watches
from monitor.store.archive import Archive

_ONE_IN = 10


def load_watchbook(archive: Archive, watches: Sequence[Watch]) -> Watchbook:
    """The book of some watches. Those that are saved as they are now are not read again; the others are added.

    It is saved anew where one in ten has changed, and where there was nothing of use: no file, a damaged one, or one that
    another edition of this program made. Raises QueryError for a query that cannot be read.
    """
    book = compile_watches(watches, _saved(archive))
    if book.standing.changes * _ONE_IN > len(watches):
        segment = book.standing.compacted()
        archive.saved_queries.save(segment_bytes(segment))
        book = compile_watches(watches, segment)
    return replace(book, same_department=DepartmentNames.of(archive).same)


def _saved(archive: Archive) -> Segment | None:
    saved = archive.saved_queries.read()
    if saved is None:
        return None
    try:
        return read_segment(saved)
    except IntegrityError:
        return None
