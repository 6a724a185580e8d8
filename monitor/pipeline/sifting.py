"""Sifting the archive: which of its publications some queries match. The word index picks, the evaluator decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from monitor.pipeline.naming import DepartmentNames
from monitor.rules.documents import Facets as DocumentFacets
from monitor.rules.documents import facets_of, read_record
from monitor.rules.percolator.preselection import INDEX_FORM, index_text, search_expressions
from monitor.rules.query.evaluating import Reader
from monitor.rules.query.facets import facet_holds, settled_by_facets
from monitor.rules.query.tree import And, DateRange, Facet, Query
from monitor.store.archive import Archive
from monitor.store.search import Column, Facets, Head, choose, read_whole, values_of

_BATCH = 200
_FEW = 100
_MOST_INDEXED = 5_000
_A_DAY = timedelta(days=1)
_ANYTHING = Facets()
_COLUMNS: Mapping[str, tuple[Column, Callable[[str], DocumentFacets]]] = {
    "dept": ("department", lambda value: DocumentFacets(department=value)),
    "type": ("document_type", lambda value: DocumentFacets(type=value)),
    "house": ("house", lambda value: DocumentFacets(house=value)),
    "status": ("status", lambda value: DocumentFacets(status=value)),
}


@dataclass(frozen=True, slots=True)
class Sifted:
    """A publication, without its words, and the places of the queries that it matches in the list of those asked."""

    head: Head
    queries: tuple[int, ...]


def sift(archive: Archive, queries: Sequence[Query], facets: Facets = _ANYTHING) -> Iterator[Sifted]:
    """Every publication, as it is now, that is so and matches one of the queries at least; the newest first.

    A publication is read once, however many of the queries it has to be asked.
    """
    asked, everywhere = _picked(archive, queries)
    among = None if everywhere else asked.keys()
    narrowed = _narrowed(archive, queries[0], facets) if len(queries) == 1 else facets
    heads = choose(archive.connection, narrowed, among)
    while batch := list(islice(heads, _BATCH)):
        for head, found in _judged(archive, queries, [(head, [*asked[head.number], *everywhere]) for head in batch]):
            if found:
                yield Sifted(head, tuple(sorted(found)))


def fill_index(archive: Archive) -> None:
    """Enter in the word index what has come in since; of a large archive a part at a time, as `sift` reads the rest itself."""
    words = archive.words
    for _ in range(_MOST_INDEXED // _BATCH):
        versions, papers = words.unread_versions(INDEX_FORM, _BATCH), words.unread_papers(INDEX_FORM, _BATCH)
        if not versions and not papers:
            return
        with archive.transaction():
            if versions:
                words.record_versions(INDEX_FORM, [(number, index_text(texts)) for number, texts in versions])
            if papers:
                words.record_papers(INDEX_FORM, [(number, index_text([text])) for number, text in papers])


def _picked(archive: Archive, queries: Sequence[Query]) -> tuple[defaultdict[int, list[int]], list[int]]:
    """For each publication's number the queries it may match, by their places; and those that any publication may match."""
    asked: defaultdict[int, list[int]] = defaultdict(list)
    everywhere = []
    for place, query in enumerate(queries):
        numbers = _candidates(archive, query)
        if numbers is None:
            everywhere.append(place)
            continue
        for number in numbers:
            asked[number].append(place)
    return asked, everywhere


def _narrowed(archive: Archive, query: Query, facets: Facets) -> Facets:
    """Facets with those values alone that the query's own facets can mean, so that SQLite passes the others over.

    A day more at either end, as SQLite goes by UTC where a publication has a time and no date.
    """
    values, since, until = dict(facets.values), facets.since, facets.until
    same_department = DepartmentNames.of(archive).same
    for clause in query.root.clauses if isinstance(query.root, And) else (query.root,):
        if isinstance(clause, Facet) and clause.name in _COLUMNS:
            column, of = _COLUMNS[clause.name]
            known = values.get(column, values_of(archive.connection, column))
            values[column] = [value for value in known if facet_holds(clause, of(value), same_department)]
        if isinstance(clause, DateRange):
            if clause.since and clause.since > date.min:
                since = max(clause.since - _A_DAY, since or date.min)
            if clause.until and clause.until < date.max:
                until = min(clause.until + _A_DAY, until or date.max)
    return replace(facets, values=values, since=since, until=until)


def _candidates(archive: Archive, query: Query) -> set[int] | None:
    """The numbers of publications that have what a query cannot do without; None where only facets can tell."""
    found: set[int] | None = None
    for expression in search_expressions(query):
        having = archive.words.having(INDEX_FORM, expression)
        found = having if found is None else found & having
        if len(found) <= _FEW:
            break
    return found


def _judged(
    archive: Archive, queries: Sequence[Query], batch: Sequence[tuple[Head, Sequence[int]]]
) -> Iterator[tuple[Head, list[int]]]:
    """Some publications, each with those of its queries that it matches. Words are read only where facets do not tell."""
    settled: list[tuple[Head, list[int], list[int]]] = []
    same_department = DepartmentNames.of(archive).same
    for head, places in batch:
        facets = facets_of(head.record)
        verdicts = {place: settled_by_facets(queries[place].root, facets, same_department) for place in places}
        yes = [place for place, verdict in verdicts.items() if verdict]
        settled.append((head, yes, [place for place, verdict in verdicts.items() if verdict is None]))
    wholes = read_whole(archive.connection, [head.number for head, _, open in settled if open])
    for head, yes, open in settled:
        if open:
            record, attachments = wholes[head.number]
            reader = Reader(read_record(record, attachments=attachments), same_department)
            yes += [place for place in open if reader.matches(queries[place])]
        yield head, yes
