"""What came of one document: its state, its text and why there is no more of it; and the limits it was read under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, get_args

from monitor.confined.bounds import MB
from monitor.model.publication import TextState

UNKNOWN_TYPE = "application/octet-stream"
_STATES: tuple[TextState, ...] = get_args(TextState)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one document may cost. Sizes in bytes, `seconds` of the wall clock and of CPU alike.

    `body` is the file as it came, `unpacked` what an archive holds, `ratio` how many times its own size that may be,
    `members` how many files are in it, `columns` the width of a table, `text` the UTF-8 text that is kept.
    """

    seconds: float = 30.0
    memory: int = 512 * MB
    body: int = 60 * MB
    text: int = 4 * MB
    pages: int = 5000
    columns: int = 16_384
    unpacked: int = 400 * MB
    ratio: int = 200
    members: int = 2000


@dataclass(frozen=True, slots=True)
class Extraction:
    """The outcome for one document.

    `media_type` is what the content is, whatever it was called. `text` has the form that `monitor.text` describes; it is
    whole where `state` is `extracted`, and may hold the part that could be read where it is `too-large` or `damaged`.
    `pages` is the number of pages of a PDF. `positions` are (line of `text`, from 0; label) where pages and sheets begin.
    `reason` tells a person why there is no text, or what is odd about it; `extractor` is the reader and its version.
    """

    state: TextState
    media_type: str
    text: str = ""
    pages: int | None = None
    positions: tuple[tuple[int, str], ...] = ()
    reason: str = ""
    extractor: str = ""


def limits_to_header(limits: Limits) -> dict[str, Any]:
    """Limits as JSON."""
    return asdict(limits)


def limits_from_header(header: Mapping[str, Any]) -> Limits:
    """Limits from JSON."""
    return Limits(**header)


def extraction_to_message(extraction: Extraction) -> tuple[dict[str, Any], bytes]:
    """An outcome as a header of JSON and a body of UTF-8."""
    header: dict[str, Any] = {
        "state": extraction.state,
        "media_type": extraction.media_type,
        "pages": extraction.pages,
        "positions": extraction.positions,
        "reason": extraction.reason,
        "extractor": extraction.extractor,
    }
    return header, extraction.text.encode("utf-8", "replace")


def extraction_from_message(header: Mapping[str, Any], body: bytes) -> Extraction:
    """An outcome from its message. The sender read a stranger's file, so nothing is taken on trust; raises ValueError."""
    state = next((known for known in _STATES if known == header.get("state")), None)
    pages = header.get("pages")
    words = [header.get(key) for key in ("media_type", "reason", "extractor")]
    positions = header.get("positions")
    if state is None or not all(isinstance(word, str) for word in words):
        raise ValueError("the reader answered with something that is no outcome")
    if not (pages is None or type(pages) is int) or not isinstance(positions, list):
        raise ValueError("the reader answered with pages that are no numbers")
    media_type, reason, extractor = (str(word) for word in words)
    marks = tuple((int(line), str(label)) for line, label in positions)
    return Extraction(state, media_type, body.decode("utf-8", "replace"), pages, marks, reason, extractor)
