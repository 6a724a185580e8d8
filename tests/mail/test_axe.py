"""axe-core finds nothing serious in the HTML of any mail, in Chromium, in light and in dark.

Neither is part of the project, and nothing fetches them for it: name them to run this. `npm pack axe-core` brings axe.min.js.

    AXE_CORE=…/axe.min.js AXE_BROWSER=/usr/bin/… pytest tests/mail/test_axe.py
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from monitor.mail.letters import render_question
from monitor.mail.render import render_digest
from tests.mail.samples import NOW, mail_settings, subscriber
from tests.mail.situations import all_days

AXE = os.environ.get("AXE_CORE", "")
BROWSER = shutil.which(os.environ.get("AXE_BROWSER", ""))
pytestmark = [
    pytest.mark.skipif(not AXE, reason="axe-core is not named in AXE_CORE"),
    pytest.mark.skipif(BROWSER is None, reason="no browser is named in AXE_BROWSER"),
]
RUN = """<pre id="axe-result"></pre><script>{axe}</script><script>
axe.run(document, {{resultTypes: ["violations"]}}).then(found => {{
  const serious = found.violations.filter(one => ["serious", "critical"].includes(one.impact));
  document.getElementById("axe-result").textContent = JSON.stringify(serious.map(
    one => [one.id, one.nodes.map(node => node.html).slice(0, 3)]));
}});
</script></body>"""


def pages() -> dict[str, str]:
    """Every mail that has HTML, by name."""
    digests = {name: render_digest(day, person, mail_settings()).html for name, (day, person) in all_days().items()}
    pending = subscriber(state="pending", confirmed_at=None)
    return {name: html for name, html in digests.items() if html} | {
        "question": render_question(pending, {}, mail_settings(), NOW).html
    }


def examine(html: str, folder: Path, *, dark: bool) -> list[object]:
    """What axe-core calls serious or critical."""
    script = Path(AXE).read_text(encoding="utf-8").replace("</script", "<\\/script")
    page = folder / "mail.html"
    page.write_text(html.replace("</body>", RUN.format(axe=script)), encoding="utf-8")
    arguments = [
        str(BROWSER),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=20000",
        "--dump-dom",
    ]
    arguments += [
        f"--user-data-dir={folder / 'profile'}",
        *(["--blink-settings=preferredColorScheme=0"] if dark else []),
    ]
    done = subprocess.run([*arguments, page.as_uri()], capture_output=True, text=True, timeout=60, check=True)
    found = re.search(r'<pre id="axe-result">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, done.stderr[-500:]
    assert found[1], "axe-core did not finish"
    return list(json.loads(unescape(found[1])))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", pages() if AXE else ["none"])
def test_axe_finds_nothing_serious(name, dark, tmp_path):
    assert examine(pages()[name], tmp_path, dark=dark) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_would_find_words_that_cannot_be_read(dark, tmp_path):
    ink = "#303030" if dark else "#eeeeee"
    scheme, ground = ("dark", "#222222") if dark else ("light", "#ffffff")
    style = f"@media (prefers-color-scheme: {scheme}) {{ body {{ color: {ink}; background: {ground} }} }}"
    html = f'<!DOCTYPE html><html lang="en"><head><title>x</title><style>{style}</style></head><body><p>Words</p></body></html>'
    assert [one[0] for one in examine(html, tmp_path, dark=dark)] == ["color-contrast"]
