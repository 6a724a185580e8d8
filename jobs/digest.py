"""Plan the digests that are due."""

from __future__ import annotations

from monitor.app import App


def run(app: App) -> None:
    """Plan."""
    app.digest()
