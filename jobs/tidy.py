"""Keep the databases small and quick."""

from __future__ import annotations

from monitor.app import App


def run(app: App) -> None:
    """Forget the words of mails long sent, and let SQLite look after its indexes."""
    app.tidy()
