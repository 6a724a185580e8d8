"""Ask publishers what is due, and match what came of it."""

from __future__ import annotations

from monitor.app import App


def run(app: App) -> None:
    """Poll, then match."""
    app.poll()
    app.match()
