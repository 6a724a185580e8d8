"""Proofs: the operator's templates are set with specimens, in a process with limits, before any mail depends on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import monitor
from monitor.errors import MailError, Problem
from monitor.mail.environment import packaged_templates

_COMMAND = ("-P", "-s", "-m", "monitor.mail.proof_worker")
_SECONDS = 5
"""Processor time for all templates together; they need a tenth of it."""

_PATIENCE = 60.0
"""Seconds by the clock, for a machine that is busy."""

_LOOPS = "it takes longer than a mail may"
_OURS = "this file is the program's: one of yours that it uses (macros.html, styles.html, layout.html) lacks what it asks for"
_HELP = "docs/templates.md lists what a template is given; `monitor templates copy` brings the shipped ones"
_HELPS = {
    _LOOPS: "look for a loop within a loop, or a template that includes itself",
    "it needs more memory than a mail may": "look for a loop within a loop, or a word repeated many times",
    "No filter named 'safe'.": "publishers' words are always escaped; say what you want in tags of your own",
}


def prove_templates(folder: Path | None, *, seconds: int = _SECONDS) -> tuple[Problem, ...]:
    """Every mistake in the templates of a folder, each with its file and line; none where all of them can be set.

    Raises MailError where no process can be had to try them in.
    """
    if folder is None:
        return ()
    if not folder.is_dir():
        return (
            Problem(str(folder), 1, 1, "templates_dir", "there is no such folder", "`monitor templates copy` makes it"),
        )
    said, is_late = _ask(folder.resolve(), seconds)
    where = str(folder)
    found: dict[tuple[str, int], Problem] = {}
    for line in said:
        if "at" in line:
            where = str(line["at"])
        else:
            problem = _problem(str(line["path"]), int(str(line["line"])), str(line["message"]), folder)
            found.setdefault((problem.path, problem.line), problem)
    if is_late:
        found.setdefault((where, 0), _problem(where, 0, _LOOPS, folder))
    return tuple(found.values())


def _ask(folder: Path, seconds: int) -> tuple[list[dict[str, object]], bool]:
    """What the worker said, and whether a limit ended it before it had said all. It is given nothing of our environment."""
    home = str(Path(monitor.__file__).resolve().parents[1])
    process = subprocess.Popen(
        [sys.executable, *_COMMAND, str(folder), str(seconds)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": home, "LANG": "C.UTF-8", "PATH": os.defpath},
        cwd="/",
    )
    try:
        said, _ = process.communicate(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
    if process.returncode > 0:
        why = f"`python -m monitor.mail.proof_worker {folder} {seconds}` says why"
        raise MailError("the templates cannot be tried", resource=str(folder), cause=why)
    return [json.loads(line) for line in said.splitlines() if line.endswith(b"}")], process.returncode < 0


def _problem(path: str, line: int, message: str, folder: Path) -> Problem:
    """A mistake in its file; one that shows only in a template of ours names that one, for theirs made it so."""
    at = Path(path)
    if not at.is_absolute():
        at = next((place / path for place in (folder, packaged_templates()) if (place / path).is_file()), folder / path)
    try:
        words = at.read_text(encoding="utf-8").splitlines()[max(line, 1) - 1].rstrip()
    except (OSError, UnicodeDecodeError, IndexError):
        words = ""
    help_ = _HELPS.get(message, _HELP if at.is_relative_to(folder.resolve()) else _OURS)
    return Problem(str(at), max(line, 1), 1, "template", message, help_, words)
