"""Which standing queries one change is for: a new document, or an old one by what changed in it."""

from __future__ import annotations

from monitor.rules.documents import Document, Part, read_document
from monitor.rules.percolator.standing import StandingQueries
from monitor.rules.query.evaluating import Evaluation, Reader
from monitor.rules.query.facets import SameName, same_name
from monitor.rules.query.tree import Query


def match_document(
    standing: StandingQueries,
    after: Document,
    *,
    before: Document | None = None,
    changed: Document | None = None,
    same_department: SameName = same_name,
) -> dict[int, Evaluation]:
    """For the id of each query that a change is for: what the query makes of the document as it became.

    Without `before`, every query that matches. With it, those that match now and did not before, and those that match the
    changed passages (`changed_document`) and the document before or after; anything else was told already. Where only
    words that went away matched, the evaluation says so: it has no hits.
    """
    reader = Reader(after, same_department)
    now = dict(standing.found(reader))
    if before is not None:
        then = dict(standing.found(Reader(before, same_department)))
        passages = changed if changed is not None else changed_document(before, after)
        touched: set[Query] = {query for query, _ in standing.found(Reader(passages, same_department))}
        now = {query: ids for query, ids in {**then, **now}.items() if query not in then or query in touched}
    told = [(ids, reader.evaluate(query)) for query, ids in now.items()]
    return {id: evaluation for ids, evaluation in told for id in ids}


def changed_document(before: Document, after: Document, passages: str | None = None) -> Document:
    """What is different between two states, as a document of its own with the facets of the later one.

    `passages` are the changed blocks of the text, as they were and as they became: words that were taken out concern the
    reader too. Without them the whole text counts as changed, if it is. A title or summary counts in both its wordings,
    an attachment where it is new or has other words.
    """
    texts = {field: _both(before, after, field) for field in ("title", "summary", "text")}
    if passages is not None:
        texts["text"] = passages
    known = {(part.attachment, part.text) for part in _attachments(before)}
    fresh = [(part.attachment, part.text) for part in _attachments(after) if (part.attachment, part.text) not in known]
    return read_document(**texts, attachments=fresh, facets=after.facets)


def _both(before: Document, after: Document, field: str) -> str:
    texts = [part.text for document in (before, after) for part in document.parts if part.field == field]
    return "" if len(texts) == 2 and texts[0] == texts[1] else "\n".join(texts)


def _attachments(document: Document) -> list[Part]:
    return [part for part in document.parts if part.field == "attachment"]
