"""Studying a query by what it matches: what in it is odd, what else comes with its matches, what may be misspelt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.pipeline.naming import DepartmentNames
from monitor.pipeline.sifting import sift
from monitor.rules.documents import Document, read_record
from monitor.rules.percolator.preselection import INDEX_FORM
from monitor.rules.query.evaluating import Reader
from monitor.rules.query.normal import variants_of
from monitor.rules.query.tree import Query
from monitor.rules.trials.review import Oddity, Review
from monitor.rules.trials.suggestions import FEWEST_MATCHES, Kindred, Slip, Vocabulary, slips_of
from monitor.store.archive import Archive
from monitor.store.search import Facets, choose, read_whole

MOST_READ = 2000
"""So many matches are read at the most, and as many other publications, spread over the whole time: enough to be sure of
what is far apart, and quick however large the archive is.
"""

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Study:
    """What a query was found to be like; `unseen` are forms of its words that no publication has."""

    oddities: tuple[Oddity, ...]
    kindred: tuple[Kindred, ...]
    slips: tuple[Slip, ...]
    unseen: frozenset[str]


def study_query(archive: Archive, query: Query, matches: Sequence[int], since: date) -> Study:
    """Study a query by the publications (their numbers) that it matches since a day, beside the others of that time."""
    review, vocabulary = Review(query, len(matches)), Vocabulary()
    mine, names = set(matches), DepartmentNames.of(archive)
    others = [
        head.number
        for head in (choose(archive.connection, Facets(since=since)) if len(mine) >= FEWEST_MATCHES else ())
        if head.number not in mine
    ]
    for document in _documents(archive, _spread(matches)):
        review.look(Reader(document, names.same))
        vocabulary.add(document, matched=True)
    for document in _documents(archive, _spread(others)):
        vocabulary.add(document, matched=False)
    absent = [
        leaf for leaf in review.unseen if not any(True for _ in sift(archive, [Query(leaf)], Facets(since=since)))
    ]
    slips = slips_of(query, archive.words.vocabulary(), lambda word: len(archive.words.having(INDEX_FORM, f'"{word}"')))
    unseen = frozenset(
        form
        for forms in variants_of(query).values()
        for form in forms
        if not form.endswith("*") and not archive.words.has(INDEX_FORM, f'"{form}"')
    )
    return Study(review.oddities(absent), vocabulary.kindred(query), slips, unseen)


def _documents(archive: Archive, numbers: Sequence[int]) -> Iterator[Document]:
    for start in range(0, len(numbers), _BATCH):
        for record, attachments in read_whole(archive.connection, numbers[start : start + _BATCH]).values():
            yield read_record(record, attachments=attachments)


def _spread(numbers: Sequence[int]) -> Sequence[int]:
    """All of them, or every n-th, so that the most that is read is not passed."""
    return numbers[:: -(-len(numbers) // MOST_READ) or 1]
