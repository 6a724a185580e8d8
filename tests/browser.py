"""Chromium, without a window: opens a page, lets it do its work, and tells what stands in it then. No driver is needed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="chromium is not here; Debian, Ubuntu, as root: apt-get install chromium"
)
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
)  # fmt: skip


def dump(page: Path, *, dark: bool = False) -> str:
    """The document as it is when its scripts have had twenty seconds of its own time, which stands still while they work."""
    scheme = ["--blink-settings=preferredColorScheme=0"] if dark else []
    command = [
        str(CHROMIUM), *_QUIET, *scheme, f"--user-data-dir={page.parent / 'profile'}", "--window-size=800,4000",
        "--virtual-time-budget=20000", "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=240, check=True).stdout
