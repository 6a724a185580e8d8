"""Reading answers: small ones here, large ones in a confined process, where nothing that they hold can harm.

What a reading costs follows from its size, but not always evenly: a tag with a hundred thousand attributes, or a feed with
as many namespaces, costs the square. So whatever is small is cheap, and whatever is not is read under limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from monitor.confined.bounds import MB, Bounds
from monitor.confined.process import Confined, EndedError, UnstartableError
from monitor.errors import ParseError
from monitor.model.exchange import Page, Response
from monitor.sources.source import Source

LARGE = 128_000
"""Bytes from which on an answer is read apart."""

BOUNDS = Bounds(seconds=20.0, memory=512 * MB, answer=64 * MB)
PAGE = TypeAdapter(Page)
"""A page as JSON, and back: whatever comes back has the shape of one, whoever wrote it."""

REFUSED, CAUSE = "refused", "cause"
"""In the header of an answer that a source refused: its message, and what that came of."""


@dataclass(frozen=True, slots=True)
class AnswerReader:
    """Has answers read by their sources."""

    sources: Mapping[str, Source]
    apart: Confined
    bounds: Bounds = BOUNDS

    def read(self, response: Response) -> Page:
        """What an answer says. Raises ParseError, also where it cannot be read within the bounds."""
        if len(response.body) < LARGE:
            return parse_answer(self.sources, response)
        return self._read_apart(response)

    def _read_apart(self, response: Response) -> Page:
        request = response.request
        header = {
            "url": request.url, "reader": request.reader, "context": request.context, "known_as": request.known_as,
            "status": response.status, "headers": dict(response.headers), "final_url": response.final_url,
        }  # fmt: skip
        try:
            answer, page = self.apart.ask(header, response.body, self.bounds)
            if REFUSED in answer:
                cause = answer.get(CAUSE) or None
                raise ParseError(str(answer[REFUSED]), source=request.reader, url=request.url, cause=cause)
            return PAGE.validate_json(page)
        except EndedError as ended:
            raise ParseError(_explain(ended, self.bounds), source=request.reader, url=request.url) from None
        except ValidationError:
            message = "reading it made its reader answer with nonsense"
            raise ParseError(message, source=request.reader, url=request.url) from None
        except UnstartableError as error:
            message = "large answers cannot be read"
            raise ParseError(message, source=request.reader, url=request.url, cause=error) from error


def parse_answer(sources: Mapping[str, Source], response: Response) -> Page:
    """What its source reads in an answer. Raises ParseError, also where a stranger's answer breaks the source."""
    request = response.request
    try:
        return sources[request.reader].parse(response)
    except (RecursionError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        message = f"reading it broke its reader ({type(error).__name__}: {str(error)[:200]})"
        raise ParseError(message, source=request.reader, url=request.url) from error


@contextmanager
def open_answer_reader(sources: Mapping[str, Source]) -> Iterator[AnswerReader]:
    """A reader of answers. Its process starts with the first large one, and ends here."""
    apart = Confined("monitor.pipeline.answer_worker")
    try:
        yield AnswerReader(sources, apart)
    finally:
        apart.close()


def _explain(ended: EndedError, bounds: Bounds) -> str:
    """Why there is no page, in the reader's words."""
    if ended.end == "late":
        return f"reading it took longer than the {bounds.seconds:g} s it may take"
    if ended.end == "memory":
        return f"reading it needs more than the {bounds.memory // MB} MB of memory it may use"
    return f"it crashed its reader ({ended.how})" if ended.end == "crash" else "its reader did not answer"
