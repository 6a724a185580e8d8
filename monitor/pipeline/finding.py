"""Finding: one search of the archive in the watch language, narrowed by facets, a page of it shown with its words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice

from monitor.model.digest import Span
from monitor.model.record import Record
from monitor.model.watch import Hit
from monitor.pipeline.naming import DepartmentNames
from monitor.pipeline.sifting import sift
from monitor.rules.documents import facets_of, read_document, read_record
from monitor.rules.query.evaluating import evaluate
from monitor.rules.query.parsing import parse_query
from monitor.rules.query.tree import Query
from monitor.rules.snippets import first_hit, snippet, texts_of
from monitor.store.archive import Archive
from monitor.store.search import Facets, Head, choose, count, read_whole, values_of


@dataclass(frozen=True, slots=True)
class FoundIn:
    """The attachment in which words were found, and the page or sheet of it, such as `page 12`; empty where it has none."""

    title: str
    url: str
    place: str


@dataclass(frozen=True, slots=True)
class Found:
    """One result: the publication, and the words around what was found, or its summary where nothing was looked for.

    `attachment` is None where they stand on the publication's own page.
    """

    record: Record
    snippet: tuple[Span, ...]
    attachment: FoundIn | None = None


def find(
    archive: Archive, asked: str, facets: Facets, *, department: str | None = None, limit: int = 20, offset: int = 0
) -> tuple[int, tuple[Found, ...]]:
    """How many publications match, and one page of them. Raises QueryError.

    Those that match by their title alone come first; of equals the newest. An empty query lists what the facets leave.
    `department` is any of a department's names, or a part of one.
    """
    narrowed = facets if department is None else replace(facets, values={"department": _meant(archive, department)})
    if not asked.strip():
        heads = list(islice(choose(archive.connection, narrowed), offset, offset + limit))
        return count(archive.connection, narrowed), tuple(_show(archive, heads, None))
    query = parse_query(asked)
    names = DepartmentNames.of(archive)
    matched = [sifted.head for sifted in sift(archive, [query], narrowed)]
    titled = {head.number for head in matched if _is_in_title(query, head, names)}
    matched.sort(key=lambda head: head.number not in titled)
    return len(matched), tuple(_show(archive, matched[offset : offset + limit], query))


def _meant(archive: Archive, name: str) -> list[str]:
    """The departments of the archive that go by a name, now or before, or have it in theirs."""
    part, names = name.casefold(), DepartmentNames.of(archive)
    return [
        one for one in values_of(archive.connection, "department") if part in one.casefold() or names.same(name, one)
    ]


def _is_in_title(query: Query, head: Head, names: DepartmentNames) -> bool:
    return evaluate(
        query, read_document(title=head.record.title, facets=facets_of(head.record)), same_department=names.same
    ).matched


def _show(archive: Archive, heads: list[Head], query: Query | None) -> list[Found]:
    wholes = read_whole(archive.connection, [head.number for head in heads])
    names = DepartmentNames.of(archive)
    shown = []
    for head in heads:
        record, attachments = wholes[head.number]
        if query is None:
            shown.append(Found(record, _start(record)))
            continue
        document = read_record(record, attachments=attachments)
        hits = evaluate(query, document, same_department=names.same).hits
        texts = texts_of(document)
        if not hits:
            shown.append(Found(record, _start(record)))
            continue
        first = first_hit(hits)
        place = _place(archive, record, first) if first.field == "attachment" else None
        shown.append(Found(record, snippet(texts, hits), place))
    return shown


def _start(record: Record) -> tuple[Span, ...]:
    return (Span(record.summary),) if record.summary else ()


def _place(archive: Archive, record: Record, hit: Hit) -> FoundIn | None:
    for attachment in archive.library.attachments(record.key):
        if attachment.id == hit.attachment:
            paper = archive.papers.known([attachment.url]).get(attachment.url)
            text = archive.papers.text(paper.sha256) if paper and paper.sha256 else None
            return FoundIn(attachment.title, attachment.url, text.place_at(hit.start) if text else "")
    return None
