"""The process in which templates are proved: a child of it reads them, and sets mails with specimens.

Started by `proofs` alone: `python -m monitor.mail.proof_worker` waits for work on its standard input.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from monitor.confined.serving import serve
from monitor.confined.wire import Message
from monitor.errors import RenderError
from monitor.mail.environment import compile_template, render_template
from monitor.mail.folder import Entry
from monitor.mail.letters import fault_words, render_faults, render_question
from monitor.mail.message import compose
from monitor.mail.preview import preview_page
from monitor.mail.render import DIGEST_PARTS, render_digest, set_part
from monitor.mail.settings import MailSettings
from monitor.mail.specimens import NOW, READER, SETTINGS, TITLES, specimens
from monitor.mail.tokens import stop_address

WHOLE = ("confirm.txt", "fault.txt", "outbox.html", "preview.html")
"""What is set whole, by one of its files; the parts of a digest are set one by one."""


def prove(work: Mapping[str, Any], _body: bytes) -> Message:
    """Try the `pieces` of a `folder`: each a name, and the language to set it in, or None to read it only. Says what failed."""
    folder, mistakes = Path(work["folder"]), []
    for name, language in work["pieces"]:
        try:
            if language is None:
                compile_template(name, folder)
            else:
                _set(name, replace(SETTINGS, templates_dir=folder), language)
        except RenderError as error:
            mistakes.append([error.template, error.line, str(error.cause or error.message)])
    return {"mistakes": mistakes}, b""


def _set(name: str, settings: MailSettings, language: str) -> None:
    if name in DIGEST_PARTS:
        _set_part(name, settings, language)
    elif name == "confirm.txt":
        render_question(replace(READER, state="pending", language=language), TITLES, settings, NOW)
    elif name == "fault.txt":
        fault = [fault_words("feed ferries failing", "9 times: 503", NOW, settings)]
        render_faults(fault, fault, settings, NOW)
    elif name == "outbox.html":
        entry = Entry("07:30", "Tuesday 10 December 2024", "reader@example.org", "1 new", "1", "a.eml", "a.html")
        render_template(name, settings.templates_dir, entries=[entry], total=1)
    elif name == "preview.html":
        day = specimens()[0]
        words = render_digest(day, READER, settings, titles=TITLES)
        raw = compose(words, period=day.period, subscriber=READER, settings=settings, now=NOW).message
        preview_page(words, raw, settings)


def _set_part(part: str, settings: MailSettings, language: str) -> None:
    """Whatever else a digest says, it says how to stop."""
    for day in specimens():
        words = set_part(part, day, replace(READER, language=language), settings, TITLES)
        if "subject" not in part and stop_address(settings, READER.id) not in words:
            wanted = "it does not say how to stop everything: put {{ stop_all | url }} in it"
            raise RenderError(wanted, template=part, line=1)


if __name__ == "__main__":
    serve(prove, warm_up=specimens)
