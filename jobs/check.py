"""Look whether the monitor itself is well."""

from __future__ import annotations

from monitor.app import App


def run(app: App) -> None:
    """Check, and tell the operator what changed."""
    app.check()
