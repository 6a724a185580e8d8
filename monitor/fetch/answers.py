"""What an answer means, whoever gave it: the network or a recording.

200, 304, 404 and 410 are answers; 301, 302, 303, 307 and 308 are followed; everything else is a FetchError.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from monitor.errors import FetchError
from monitor.model.exchange import Request, Response, Validators

ANSWERS = frozenset({200, 304, 404, 410})
EXPLAINED = frozenset({400, 422})
"""Refusals of a question whose bodies say what is wrong with it."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_HOPS = 5
# GOV.UK's penalty for too many requests is a minute, and it sends no Retry-After with it.
PAUSE_AFTER_429 = 60.0
LONGEST_PAUSE = 86_400.0

_PERMANENT = frozenset({301, 308})
_PASSING = frozenset({408, 425, 429})
_URL_SIGNS = "!#$%&'()*+,/:;=?@[]~"
_LONGEST_EXPLANATION = 10_000
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one question, redirects not followed. Header names are lower case, values Latin-1.

    `elapsed` is how many seconds the exchange took, `place` what keeps room for the body (see `fetch.room`).
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    elapsed: float = 0.0
    place: object = None


class Ask(Protocol):
    """Puts one question to whoever answers. Raises FetchError where no answer can be had."""

    def __call__(self, url: str, validators: Validators, spent: float) -> Answer:
        """The answer to one GET; `spent` seconds of the deadline are used up by earlier hops."""
        ...


def follow(request: Request, validators: Validators, ask: Ask) -> Response:
    """Ask, follow at most MAX_HOPS redirects, and judge the last answer. Raises FetchError."""
    url, seen, permanent, moved_to = request.url, {request.url}, True, None
    answer = ask(url, validators, 0.0)
    spent = answer.elapsed
    while answer.status in REDIRECTS:
        if len(seen) > MAX_HOPS:
            raise FetchError(f"redirected more than {MAX_HOPS} times", url=request.url, status=answer.status)
        url = _redirect_target(url, answer)
        if url in seen:
            raise FetchError(f"redirected in a circle, back to {url}", url=request.url, status=answer.status)
        seen.add(url)
        permanent = permanent and answer.status in _PERMANENT
        moved_to = url if permanent else moved_to
        answer = ask(url, validators, spent)
        spent += answer.elapsed
    _check_status(url, answer, validators)
    return Response(
        request,
        answer.status,
        answer.headers,
        answer.body,
        final_url=url,
        elapsed_ms=round(spent * 1000),
        moved_to=moved_to,
        place=answer.place,
    )


def retry_after(answer: Answer) -> float | None:
    """How many seconds a refusal asks us to wait (RFC 9110 §10.2.3), or None. At most a day.

    A date is read against the answer's own Date header: our clock has no part in it.
    """
    if answer.status < 400 or answer.status in ANSWERS:
        return None
    text = answer.headers.get("retry-after", "").strip()
    seconds: float | None = None
    if text.isascii() and text.isdecimal():
        seconds = float(text[:9])
    elif text:
        until, said = _http_date(text), _http_date(answer.headers.get("date", ""))
        seconds = (until - said).total_seconds() if until and said else None
    if seconds is None and (text or answer.status == 429):
        seconds = PAUSE_AFTER_429
    return None if seconds is None else min(max(seconds, 0.0), LONGEST_PAUSE)


def _check_status(url: str, answer: Answer, validators: Validators) -> None:
    """Raise FetchError, in the reader's words, unless the status is an answer to what was asked."""
    status = answer.status
    if status == 304 and not (validators.etag or validators.last_modified):
        raise FetchError("answered 'not modified' to a question without validators", url=url, status=status)
    if status in ANSWERS:
        return
    host = urlsplit(url).hostname
    pause = retry_after(answer)
    transient = status >= 500 or status in _PASSING or pause is not None
    if pause is not None and "retry-after" in answer.headers:
        message = f"{host} asked us to wait {pause:.0f} s ({status})"
    elif status == 429:
        message = f"{host} had too many requests from us (429); we wait {pause:.0f} s"
    elif status >= 500:
        message = f"{host} has a fault of its own ({status})"
    elif status in (401, 403):
        message = f"{host} does not let us in ({status})"
    elif explanation := _find_explanation(answer):
        message = f"{host} refuses the question ({status}): {explanation}"
    else:
        message = f"{host} answered {status}, which we cannot use"
    raise FetchError(message, url=url, status=status, transient=transient, retry_after=pause)


def _find_explanation(answer: Answer) -> str:
    """What a publisher says is wrong with our question: GOV.UK's `error`, a problem report's detail; empty where nothing."""
    if answer.status not in EXPLAINED or len(answer.body) > _LONGEST_EXPLANATION:
        return ""
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    words = (said.get(field) for field in ("error", "detail", "title")) if isinstance(said, dict) else ()
    found = next((word for word in words if isinstance(word, str) and word.strip()), "")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in found).split())[:_SHOWN]


def _redirect_target(url: str, answer: Answer) -> str:
    location = answer.headers.get("location", "").strip()
    if not location:
        raise FetchError(f"redirected ({answer.status}) without saying where to", url=url, status=answer.status)
    try:
        # Some publishers put raw UTF-8 into Location; Latin-1 gives back the bytes they sent.
        return urldefrag(urljoin(url, quote(location.encode("latin-1", "replace"), safe=_URL_SIGNS + "-._"))).url
    except ValueError:
        raise FetchError(
            f"redirected ({answer.status}) to no address: {location!r}", url=url, status=answer.status
        ) from None


def _http_date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
