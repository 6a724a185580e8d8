"""Inside the process that reads documents: `python -m monitor.extract.worker`, started by the extractor, one file a child."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from monitor.confined.serving import serve
from monitor.confined.wire import Message
from monitor.extract.extraction import UNKNOWN_TYPE, Extraction, extraction_to_message, limits_from_header
from monitor.extract.pdf import warm_up
from monitor.extract.reading import read_document


def main() -> None:
    """Serve until the input ends."""
    serve(_read, warm_up)


def _read(request: Mapping[str, Any], body: bytes) -> Message:
    """Read one document, sent along or stored at a path."""
    limits = limits_from_header(request["limits"])
    if request["path"]:
        try:
            with Path(request["path"]).open("rb") as file:
                body = file.read(limits.body + 1)
        except OSError as error:
            reason = f"the stored file cannot be opened ({error.strerror})"
            return extraction_to_message(Extraction("damaged", UNKNOWN_TYPE, reason=reason))
    found = read_document(body, name=request["name"], claimed_type=request["claimed_type"], limits=limits)
    return extraction_to_message(found)


if __name__ == "__main__":
    main()
