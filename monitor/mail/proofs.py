"""Proofs: the operator's templates are set with specimens, in a process with limits, before any mail depends on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from monitor.confined.bounds import MB, Bounds
from monitor.confined.process import Confined, End, EndedError, UnstartableError
from monitor.errors import MailError, Problem
from monitor.mail.environment import ENGLISH, packaged_templates
from monitor.mail.proof_worker import WHOLE
from monitor.mail.render import DIGEST_PARTS

_Piece = tuple[str, str | None]
_Mistake = tuple[str, int, str]

BOUNDS = Bounds(seconds=5.0, memory=512 * MB, answer=MB)
"""What all mails together may cost to set; they need a tenth of it."""

_ENDS: dict[End, str] = {
    "late": "it takes longer than a mail may",
    "memory": "it needs more memory than a mail may",
    "crash": "it ends the process that sets it",
    "silent": "it ends the process that sets it",
}
_OURS = "this file is the program's: one of yours that it uses (macros.html, styles.html, layout.html) lacks what it asks for"
_HELP = "docs/templates.md lists what a template is given; `monitor templates copy` brings the shipped ones"
_HELPS = {
    _ENDS["late"]: "look for a loop within a loop",
    _ENDS["memory"]: "look for a loop within a loop, or a word repeated many times",
    "No filter named 'safe'.": "publishers' words are always escaped; say what you want in tags of your own",
}


def prove_templates(folder: Path | None, bounds: Bounds = BOUNDS) -> tuple[Problem, ...]:
    """Every mistake in the templates of a folder, each with its file and line; none where all of them can be set.

    Raises MailError where no process can be had to try them in.
    """
    if folder is None:
        return ()
    if not folder.is_dir():
        remedy = "`monitor templates copy` makes it"
        return (Problem(str(folder), 1, 1, "templates_dir", "there is no such folder", remedy),)
    with closing(Confined("monitor.mail.proof_worker")) as apart:
        mistakes = _prove(apart, folder.resolve(), tuple(_pieces(folder)), bounds)
    problems = [_problem(folder.resolve(), *mistake) for mistake in mistakes]
    return tuple({(one.path, one.line): one for one in reversed(problems)}.values())[::-1]


def _pieces(folder: Path) -> Iterator[_Piece]:
    """What is tried: each file is read; each mail that may use one of them is set, in every language there is a folder for."""
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in (".html", ".txt") and path.is_file()]
    for path in files:
        yield path.relative_to(folder).as_posix(), None
    names = {path.name for path in files}
    shares = any(path.suffix == ".html" for path in files)
    languages = [ENGLISH, *sorted({path.parent.name for path in files if path.parent.parent == folder})]
    for name in (*DIGEST_PARTS, *WHOLE):
        # A page may use any other; a text uses no page.
        if name in names or (shares and not name.endswith("digest.txt") and "subject" not in name):
            yield from ((name, language) for language in languages)


def _prove(apart: Confined, folder: Path, pieces: tuple[_Piece, ...], bounds: Bounds) -> list[_Mistake]:
    """All of them in one child; where that comes to no end, each in one of its own, so that the guilty one is known."""
    if not pieces:
        return []
    try:
        said, _ = apart.ask({"folder": str(folder), "pieces": pieces}, b"", bounds)
    except EndedError as ended:
        if len(pieces) == 1:
            return [(pieces[0][0], 1, _ENDS[ended.end])]
        return [mistake for piece in pieces for mistake in _prove(apart, folder, (piece,), bounds)]
    except UnstartableError as cause:
        raise MailError("the templates cannot be tried", resource=str(folder), cause=cause) from cause
    return [(str(path), int(line), str(message)) for path, line, message in said["mistakes"]]


def _problem(folder: Path, path: str, line: int, message: str) -> Problem:
    """A mistake in its file; one that shows only in a template of ours names that one, for theirs made it so."""
    at = next((place / path for place in (folder, packaged_templates()) if (place / path).is_file()), folder / path)
    try:
        words = at.read_text(encoding="utf-8").splitlines()[max(line, 1) - 1].rstrip()
    except (OSError, UnicodeDecodeError, IndexError):
        words = ""
    remedy = _HELPS.get(message, _HELP if at.is_relative_to(folder) else _OURS)
    return Problem(str(at), max(line, 1), 1, "template", message, remedy, words)
