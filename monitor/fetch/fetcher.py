"""What the rest of the house knows of the network: one function."""

from __future__ import annotations

from typing import Protocol

from monitor.model.exchange import Request, Response, Validators


class Fetcher(Protocol):
    """Asks publishers. May be used by several threads at once."""

    def fetch(self, request: Request, validators: Validators) -> Response:
        """The publisher's answer: 200, 304, 404 or 410, redirects followed. Raises FetchError for anything else."""
        ...
