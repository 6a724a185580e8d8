"""Inside the process that reads large answers: `python -m monitor.pipeline.answer_worker`, one answer a child."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitor.confined.serving import serve
from monitor.confined.wire import Message
from monitor.errors import ParseError
from monitor.model.exchange import Request, Response
from monitor.pipeline.answers import CAUSE, PAGE, REFUSED, parse_answer
from monitor.sources.registry import SOURCES


def main() -> None:
    """Serve until the input ends."""
    serve(_read)


def _read(asked: Mapping[str, Any], body: bytes) -> Message:
    """Read one answer."""
    request = Request(asked["url"], asked["reader"], context=asked["context"], known_as=asked["known_as"])
    response = Response(request, asked["status"], asked["headers"], body, final_url=asked["final_url"])
    try:
        return {}, PAGE.dump_json(parse_answer(SOURCES, response))
    except ParseError as error:
        return {REFUSED: error.message, CAUSE: str(error.cause) if error.cause else ""}, b""


if __name__ == "__main__":
    main()
