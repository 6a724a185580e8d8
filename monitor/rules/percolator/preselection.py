"""What a full-text index (SQLite FTS5) needs so that it can pick candidates for the evaluator, and loses none.

The index is fed with `index_text`, not with the publisher's words, so that both sides are folded and joined alike. Its
tokenizer must be `ascii`, which takes letters of every script as they are.
"""

from __future__ import annotations

from collections.abc import Iterable

from monitor.rules.documents import join_words
from monitor.rules.percolator.covers import Rarity, guess_rarity, required_covers
from monitor.rules.query.tree import Query
from monitor.text import words

INDEX_FORM = 1
"""Number of this form and of the rules of reading behind it; an index of another form has to be filled again."""

_MOST_PARTS = 6


def index_text(texts: Iterable[str]) -> str:
    """The words of some texts as the evaluator reads them, a text a line; where hyphens join words, once more joined."""
    lines = []
    for text in texts:
        line, bound = words(text)
        lines.append(" ".join(line))
        if bound:
            lines.append(" ".join(join_words(line, bound).words))
    return "\n".join(lines)


def search_expressions(query: Query, *, rarity: Rarity = guess_rarity) -> tuple[str, ...]:
    """FTS5 expressions, each of which every publication that the query matches fulfils, on its page or in one of its files.

    There is none where only facets can tell.
    """
    covers = [cover for cover in required_covers(query, rarity) if not cover.facets]
    return tuple(
        " OR ".join(f'"{key[:-1]}" *' if key[-1] == "*" else f'"{key}"' for key in cover.keys)
        for cover in covers[:_MOST_PARTS]
    )
