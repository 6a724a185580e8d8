"""axe-core finds nothing serious in the HTML of any mail, in Chromium, in light and in dark.

One page holds every mail in a frame of its own, lets axe-core look at each, and writes down what it found.
"""

from __future__ import annotations

import json
import re
from html import unescape
from importlib.resources import files
from pathlib import Path

import axe_core_python
import pytest

from monitor.mail.letters import fault_words, render_faults, render_question
from monitor.mail.render import render_digest
from tests.browser import dump, needs_browser
from tests.mail.samples import NOW, mail_settings, subscriber
from tests.mail.situations import TITLES, all_days

AXE = files(axe_core_python) / "axe.min.js"
UNREADABLE = """<!DOCTYPE html><html lang="en"><head><title>x</title><style>body { color: #eee; background: #fff }
@media (prefers-color-scheme: dark) { body { color: #333; background: #222 } }</style></head><body><h1>Words</h1></body></html>"""
PAGE = """<!DOCTYPE html><html lang="en"><title>Mails</title><body><pre id="found"></pre>
<script id="mails" type="application/json">{mails}</script><script id="axe" type="text/plain">{axe}</script><script>
const text = id => document.getElementById(id).textContent;
const look = html => new Promise(done => {{
  const frame = document.createElement("iframe");
  frame.width = 700; frame.height = 3000; frame.srcdoc = html;
  frame.onload = async () => {{
    const script = frame.contentDocument.createElement("script");
    script.textContent = text("axe");
    frame.contentDocument.body.append(script);
    const found = await frame.contentWindow.axe.run(frame.contentDocument, {{resultTypes: ["violations"]}});
    frame.remove();
    done(found.violations.filter(one => ["serious", "critical"].includes(one.impact)).map(
      one => [one.id, one.nodes.map(node => node.html).slice(0, 3)]));
  }};
  document.body.append(frame);
}});
(async () => {{
  const all = {{}};
  for (const [name, html] of Object.entries(JSON.parse(text("mails")))) all[name] = await look(html);
  document.getElementById("found").textContent = JSON.stringify(all);
}})();
</script></body></html>"""


def pages() -> dict[str, str]:
    """Every mail that has HTML, by name."""
    settings = mail_settings()
    digests = {
        name: render_digest(day, person, settings, titles=TITLES).html for name, (day, person) in all_days().items()
    }
    fault = [fault_words("feed home-office failing", "9 times in a row: 503", NOW, settings)]
    return {name: html for name, html in digests.items() if html} | {
        "question": render_question(subscriber(state="pending", confirmed_at=None), TITLES, settings, NOW).html,
        "notice": render_faults(fault, fault, settings, NOW).html,
        "unreadable": UNREADABLE,
    }


def examine(mails: dict[str, str], folder: Path, *, dark: bool) -> dict[str, list[list[object]]]:
    """What axe-core calls serious or critical in each mail."""
    page = folder / "mails.html"
    words = json.dumps(mails).replace("</", "<\\/")
    script = AXE.read_text(encoding="utf-8").replace("</script", "<\\/script")
    page.write_text(PAGE.format(mails=words, axe=script), encoding="utf-8")
    found = re.search(r'<pre id="found">(.*?)</pre>', dump(page, dark=dark), re.DOTALL)
    assert found, "the page did not open"
    assert found[1], "axe-core did not finish"
    return dict(json.loads(unescape(found[1])))


@needs_browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_in_any_mail_and_would_find_what_cannot_be_read(dark, tmp_path):
    mails = pages()
    found = examine(mails, tmp_path, dark=dark)
    assert list(found) == list(mails)
    assert [one[0] for one in found.pop("unreadable")] == ["color-contrast"]
    assert {name: faults for name, faults in found.items() if faults} == {}
