"""Send what lies in the outbox."""

from __future__ import annotations

from monitor.app import App


def run(app: App) -> None:
    """Send."""
    app.deliver()
