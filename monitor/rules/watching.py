"""The watches of a config as standing queries: compiled once, then asked which of them a document is for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from monitor.model.change import ChangeKind
from monitor.model.watch import Watch
from monitor.rules.departments import same_department
from monitor.rules.documents import Document
from monitor.rules.percolator.news import match_document
from monitor.rules.percolator.segment import Segment
from monitor.rules.percolator.standing import StandingQueries
from monitor.rules.query.evaluating import Evaluation, evaluate
from monitor.rules.query.facets import SameName
from monitor.rules.query.keywords import keywords_query
from monitor.rules.query.parsing import parse_query
from monitor.rules.query.tree import Query


@dataclass(frozen=True, slots=True)
class Watchbook:
    """Watches and their queries. A query's id says whose it is and what it asks; `places` are those of their watches.

    `named` has the same watches by name.
    """

    watches: tuple[Watch, ...]
    named: Mapping[str, Watch]
    places: Mapping[int, int]
    standing: StandingQueries
    same_department: SameName = same_department

    def matching(self, document: Document) -> tuple[str, ...]:
        """The names of the watches that a document matches as it is."""
        found = self.standing.matching(document, same_department=self.same_department)
        return tuple(self.watches[place].name for place in sorted(map(self.places.__getitem__, found)))

    def hears_of(self, watch: str, kind: ChangeKind) -> bool:
        """Whether a watch wants to be told of this kind of change."""
        return watch in self.named and self.named[watch].hears_of(kind)

    def news(
        self, after: Document, before: Document | None = None, changed: Document | None = None
    ) -> dict[str, Evaluation]:
        """The watches that a change is for, by name, with what each makes of the document as it became."""
        found = match_document(
            self.standing, after, before=before, changed=changed, same_department=self.same_department
        )
        return {self.watches[self.places[id]].name: found[id] for id in sorted(found, key=self.places.__getitem__)}


def query_of(watch: Watch) -> Query:
    """The query of a watch: its own, or any of its keywords. Raises QueryError."""
    if watch.query is not None:
        return parse_query(watch.query, where=f"watch '{watch.name}' › query")
    return keywords_query(watch.keywords, where=f"watch '{watch.name}' › keywords")


def query_id(watch: Watch) -> int:
    """A number of 64 bits for the query of a watch; another one as soon as the watch is called, or asks, something else."""
    written = json.dumps([watch.name, watch.query, watch.keywords], ensure_ascii=False)
    return int.from_bytes(
        blake2b(written.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little", signed=True
    )


def compile_watches(watches: Sequence[Watch], saved: Segment | None = None) -> Watchbook:
    """Make the book of some watches; those that `saved` has as they are now are not read again.

    Raises QueryError for a query that cannot be read.
    """
    standing = StandingQueries(saved)
    places = {query_id(watch): place for place, watch in enumerate(watches)}
    known = set(standing.ids())
    for id in known - places.keys():
        standing.remove(id)
    for id, place in places.items():
        if id not in known:
            standing.add(id, query_of(watches[place]))
    return Watchbook(tuple(watches), {watch.name: watch for watch in watches}, places, standing)


def ask(watch: Watch, document: Document, same_department: SameName = same_department) -> Evaluation:
    """What one watch makes of a document, clause by clause: the same that matching and back-tests go by."""
    return evaluate(query_of(watch), document, same_department=same_department)


def read_written(
    text: str, *, is_keyword: bool, where: str, path: str, line: int, column: int, source_line: str
) -> Query:
    """Read a query, or one keyword, that stands at a place of a file. Raises QueryError with that place."""
    if is_keyword:
        return keywords_query([text], where=where, path=path, line=line, column=column, source_line=source_line)
    return parse_query(text, where=where, path=path, line=line, column=column, source_line=source_line)
