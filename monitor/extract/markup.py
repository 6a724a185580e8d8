"""XML of strangers, as a stream of events: no DOCTYPE, so no entities to blow up and nothing to fetch; bounded depth.

Names reach a listener with the short prefix of their vocabulary (`w:p`, `table:table-cell`), whatever prefix the file
uses; names of vocabularies that are of no concern here come as "".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from xml.parsers import expat

from monitor.extract.draft import UnreadableError

DEEPEST = 256
_MOST_NAMES = 2000
_SPACE = " "


class Listener(Protocol):
    """What is told of each element as it is read."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Characters between elements."""


def read_xml(chunks: Iterable[bytes], listener: Listener, *, part: str) -> None:
    """Tell `listener` what is in a part of a document. Raises UnreadableError (refused, damaged)."""
    parser = expat.ParserCreate(namespace_separator=_SPACE)
    names: dict[str, str] = {}
    depth = 0

    def short(name: str) -> str:
        known = names.get(name)
        if known is None:
            known = _shorten(name)
            if len(names) < _MOST_NAMES:
                names[name] = known
        return known

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise UnreadableError("refused", f"{part} nests elements more than {DEEPEST} deep")
        listener.start(short(name), {short(key): value for key, value in attributes.items()} if attributes else {})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        listener.end(short(name))

    def doctype(*_: object) -> None:
        raise UnreadableError("refused", f"{part} declares a DOCTYPE; no office program does, entity bombs must")

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = listener.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnreadableError("damaged", f"{part} is broken ({error})") from error


def _shorten(name: str) -> str:
    vocabulary, _, local = name.rpartition(_SPACE)
    if not vocabulary:
        return local
    if "opendocument" in vocabulary:
        return f"{vocabulary.rpartition(':xmlns:')[2].partition(':')[0]}:{local}"
    if "wordprocessingml" in vocabulary:
        return f"w:{local}"
    if "spreadsheetml" in vocabulary:
        return f"x:{local}"
    if "markup-compatibility" in vocabulary:
        return f"mc:{local}"
    if "elationships" in vocabulary:
        return f"r:{local}"
    return ""
