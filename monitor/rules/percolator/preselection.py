"""What a full-text index (SQLite FTS5) needs so that it can pick candidates for the evaluator, and loses none.

The index is fed with `index_text`, not with the publisher's words, so that both sides are folded and joined alike.
"""

from __future__ import annotations

from monitor.rules.documents import Document
from monitor.rules.percolator.covers import Rarity, covers_of, guess_rarity
from monitor.rules.query.tree import Query


def index_text(document: Document) -> str:
    """The words of a document as the evaluator reads them, a part a line; where hyphens join words, once more joined."""
    lines = []
    for part in document.parts:
        lines.append(" ".join(part.words))
        if part.joined is not None:
            lines.append(" ".join(part.joined.words))
    return "\n".join(lines)


def search_expression(query: Query, *, rarity: Rarity = guess_rarity) -> str | None:
    """An FTS5 expression that finds every document the query matches, and others; None where only facets can tell."""
    cover, _ = covers_of(query, rarity)
    if cover.facets:
        return None
    return " OR ".join(f'"{key[:-1]}" *' if key[-1] == "*" else f'"{key}"' for key in cover.keys)
