"""Ask publishers what is due, settle promises, and match what came of it."""

from __future__ import annotations

from monitor.app import App


def run(app: App) -> None:
    """Poll, resolve, match."""
    app.poll()
    app.resolve()
    app.match()
