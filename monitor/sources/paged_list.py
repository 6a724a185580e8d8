"""Lists that come in pages by `skip` and `take`: where a page stands, and where the next one is."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from monitor.errors import ParseError
from monitor.model.exchange import Request
from monitor.sources.answer import Object, number

_SKIP = re.compile(r"([?&]skip=)(\d+)", re.IGNORECASE)


def next_page(answer: Object, request: Request, *, rows: int, things: str) -> Request | None:
    """The request for the page after this one, None where every row of `totalResults` is seen.

    Raises ParseError where the answer says that there are more and shows none: an answer that hides rows must not pass
    for the whole list.
    """
    total = number(answer, "totalResults")
    found = _SKIP.search(request.url)
    skipped = int(found[2]) if found else 0
    if total is None:
        raise ParseError(
            "expected totalResults beside the rows of a list, got none", source=request.reader, url=request.url
        )
    if not rows and skipped < total:
        raise ParseError(
            f"expected {total} {things} in all, got an empty page after {skipped}",
            source=request.reader,
            url=request.url,
        )
    if found is None or skipped + rows >= total:
        return None
    url, name = (_SKIP.sub(rf"\g<1>{skipped + rows}", one) for one in (request.url, request.known_as))
    return replace(request, url=url, known_as=name)


def stamp_words(content: Sequence[str]) -> str:
    """The stamp of a row: a hash of what it says."""
    return sha256(json.dumps(content).encode()).hexdigest()[:32]
