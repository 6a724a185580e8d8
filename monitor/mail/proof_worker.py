"""The process in which templates are proved: bound in time and memory, it sets every mail with specimens and says what failed.

One JSON line before each template ("at", where we are) and one for each mistake:
`python -m monitor.mail.proof_worker FOLDER SECONDS`, where the seconds are of processor time.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from monitor.errors import RenderError
from monitor.mail.environment import ENGLISH, compile_template, render_template
from monitor.mail.folder import Entry
from monitor.mail.letters import fault_words, render_faults, render_question
from monitor.mail.message import compose
from monitor.mail.preview import preview_page
from monitor.mail.render import DIGEST_PARTS, render_digest, set_part
from monitor.mail.settings import MailSettings
from monitor.mail.specimens import NOW, READER, SETTINGS, TITLES, specimens
from monitor.mail.tokens import stop_address

MEMORY = 512_000_000
_TOO_MUCH = "it needs more memory than a mail may"


def main() -> None:
    """Prove the folder named on the command line."""
    folder, seconds = Path(sys.argv[1]), int(sys.argv[2])
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in (".html", ".txt") and path.is_file()]
    for path in files:
        _try(str(path), partial(compile_template, path.relative_to(folder).as_posix(), folder))
    for language in (ENGLISH, *sorted({path.parent.name for path in files if path.parent.parent == folder})):
        for name, job in _jobs(replace(SETTINGS, templates_dir=folder), language):
            if any(path.name == name or path.suffix == ".html" for path in files):
                _try(str(folder / name), job)


def _jobs(settings: MailSettings, language: str) -> Iterator[tuple[str, Callable[[], object]]]:
    reader = replace(READER, language=language)
    for part in DIGEST_PARTS:
        for day in specimens():
            yield part, partial(set_part, part, day, reader, settings, TITLES)
    for part in ("digest.txt", "digest.html"):
        yield part, partial(_leads_out, part, settings, language)
    yield "confirm.txt", partial(render_question, replace(READER, state="pending"), TITLES, settings, NOW)
    fault = [fault_words("feed ferries failing", "9 times: 503", NOW, settings)]
    yield "fault.txt", partial(render_faults, fault, fault, settings, NOW)
    entry = Entry("07:30", "Tuesday 10 December 2024", "reader@example.org", "1 new", "1", "a.eml", "a.html")
    yield "outbox.html", partial(render_template, "outbox.html", settings.templates_dir, entries=[entry], total=1)
    yield "preview.html", partial(_preview, settings)


def _leads_out(part: str, settings: MailSettings, language: str) -> None:
    """Whatever else a digest says, it says how to stop."""
    words = set_part(part, specimens()[0], replace(READER, language=language), settings, TITLES)
    if stop_address(settings, READER.id) not in words:
        raise RenderError(
            "it does not say how to stop everything: put {{ stop_all | url }} in it", template=part, line=1
        )


def _preview(settings: MailSettings) -> str:
    day = specimens()[0]
    words = render_digest(day, READER, settings, titles=TITLES)
    raw = compose(words, period=day.period, subscriber=READER, settings=settings, now=NOW)
    return preview_page(words, raw, settings)


def _try(name: str, job: Callable[[], object]) -> None:
    _say({"at": name})
    try:
        job()
    except RenderError as error:
        _say({"path": error.template, "line": error.line, "message": str(error.cause or error.message)})
    except MemoryError:
        _say({"path": name, "line": 0, "message": _TOO_MUCH})


def _say(words: dict[str, object]) -> None:
    print(json.dumps(words), flush=True)


if __name__ == "__main__":
    main()
