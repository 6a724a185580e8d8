"""Builders of requests and answers for the tests of sources, and the golden form of what a source read."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from monitor.model.exchange import Page, Request, Response
from monitor.model.feed import Feed
from monitor.times import utc_text


def feed(source: str, *, name: str = "a-feed", url: str | None = None, **options: object) -> Feed:
    """A feed of the config."""
    return Feed(name=name, source=source, every=timedelta(minutes=10), url=url, options=options)


def answer(
    body: bytes | str | dict[str, Any] | list[Any],
    *,
    url: str = "https://www.gov.uk/api/content/a-page",
    reader: str = "govuk_content",
    status: int = 200,
    context: str = "",
) -> Response:
    """An answer with this body: bytes and text as they are, anything else as JSON."""
    if not isinstance(body, bytes):
        body = (body if isinstance(body, str) else json.dumps(body)).encode()
    request = Request(url, reader, context=context)
    return Response(request=request, status=status, headers={}, body=body, final_url=url)


def show(page: Page) -> dict[str, Any]:
    """A page as plain JSON: the golden form. Fields left at their default say nothing."""
    return _plain(asdict(page))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items() if item not in ((), "", None, [])}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
