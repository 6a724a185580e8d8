"""Labelled promises as lines of JSON: what stands in them, and our answer in the same form.

A statement is `{"id", "date", "html"}`, or `{"id", "date", "text"}`, or names a `file` of the corpus the lines belong to
(the folder above the lines' own, or their own). A resolution case is `{"id", "statement", "promise", "candidates"}`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from monitor.model.promise import Candidate, PromiseDraft
from monitor.model.publication import Hyperlink
from monitor.rules.keeping.resolution import resolve_promise
from monitor.rules.promises.extraction import extract_promises
from monitor.text import read_html

Tell = Callable[[str], None]
"""Takes a sentence about a line that cannot be read."""

_BASE = "https://questions-statements.parliament.uk/"


def extract_file(path: Path, tell: Tell) -> Iterator[str]:
    """A line of predictions for every statement in a file: `{"id", "promises": [{"quote", "document", …}]}`.

    A line that cannot be read is told, with its number and what is wrong, and left out. Raises `OSError` for a file that
    cannot be read.
    """
    return _answers(path, tell, lambda row: _extract(row, path.resolve().parent))


def resolve_file(path: Path, tell: Tell) -> Iterator[str]:
    """A line of verdicts for every case in a file: `{"id", "ranking", "kept", "possible"}`. Tells as `extract_file`."""
    return _answers(path, tell, _resolve)


def _answers(path: Path, tell: Tell, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> Iterator[str]:
    """The answer to every line, one at a time; lines are strangers' data, so whatever is wrong with one is told."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield json.dumps(answer(json.loads(line)), ensure_ascii=False)
            except KeyError as missing:
                tell(f"{path} line {number}: {missing} is missing")
            except (ValueError, TypeError, AttributeError, OSError) as error:
                tell(f"{path} line {number}: {_fault(error)}")


def _fault(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON: {error}"
    return str(error) if isinstance(error, (ValueError, OSError)) else f"not in the form of the labelled files: {error}"


def _extract(row: dict[str, Any], folder: Path) -> dict[str, Any]:
    text, links = statement_text(row, folder)
    drafts = extract_promises(text, links, made_on=date.fromisoformat(row["date"][:10]))
    return {"id": row["id"], "promises": [_prediction(draft) for draft in drafts]}


def read_labelled_case(row: dict[str, Any]) -> tuple[PromiseDraft, tuple[Candidate, ...], date, str]:
    """A resolution case: the promise, what may keep it, and on which day and by which department it was made."""
    candidates = tuple(_candidate(candidate) for candidate in row["candidates"])
    made_on = date.fromisoformat(row["statement"]["date"][:10])
    return _promise(row["promise"]), candidates, made_on, row["statement"].get("department") or ""


def _resolve(row: dict[str, Any]) -> dict[str, Any]:
    promise, candidates, made_on, department = read_labelled_case(row)
    verdicts = resolve_promise(promise, candidates, made_on=made_on, department=department)
    kept = [verdict.key for verdict in verdicts if verdict.decision == "kept"]
    possible = [verdict.key for verdict in verdicts if verdict.decision == "possible"]
    return {"id": row["id"], "ranking": [verdict.key for verdict in verdicts], "kept": kept, "possible": possible}


def statement_text(row: dict[str, Any], folder: Path) -> tuple[str, tuple[Hyperlink, ...]]:
    """A statement's text, one block a line, and its hyperlinks; `folder` is the one its file of labels lies in."""
    if row.get("html"):
        return _read(row["html"])
    if row.get("text"):
        return str(row["text"]), ()
    if "file" not in row:
        raise KeyError("html")
    path = next(
        (at for at in (folder.parent / row["file"], folder / row["file"]) if at.exists()), folder.parent / row["file"]
    )
    words = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".json":
        return _read(_longest_markup(_find_item(json.loads(words), row["id"])))
    if path.suffix == ".xml":
        found = re.search(rf'id="{re.escape(row["id"])}"[^>]*>(.*?)</speech>', words, re.DOTALL)
        return _read(found[1] if found else "")
    return words, ()


def _read(html: str) -> tuple[str, tuple[Hyperlink, ...]]:
    reading = read_html(html, base_url=_BASE)
    return reading.text, tuple(Hyperlink(anchor.url, anchor.words, anchor.line) for anchor in reading.anchors)


def _find_item(tree: Any, key: str) -> dict[str, Any]:
    """The object with this uri or number, wherever it stands in an answer."""
    if isinstance(tree, dict):
        if tree.get("uri") == key or (key.startswith("parliament:") and str(tree.get("id")) == key.partition(":")[2]):
            return tree
        tree = list(tree.values())
    if isinstance(tree, list):
        return next((found for branch in tree if (found := _find_item(branch, key))), {})
    return {}


def _longest_markup(item: dict[str, Any]) -> str:
    texts = [text for value in item.values() for text in (value if isinstance(value, list) else [value])]
    return max((text for text in texts if isinstance(text, str) and "<" in text), key=len, default="")


def _prediction(draft: PromiseDraft) -> dict[str, Any]:
    return {
        "quote": draft.quote,
        "document": draft.expected,
        "where": list(draft.where),
        "due_from": draft.due_from.isoformat() if draft.due_from else None,
        "due_by": draft.due_by.isoformat() if draft.due_by else None,
        "due_text": draft.due_text,
        "tense": draft.tense,
        "publisher": draft.publisher,
        "evidence": draft.evidence,
    }


def _promise(row: dict[str, Any]) -> PromiseDraft:
    return PromiseDraft(
        quote=row.get("quote") or "",
        expected=row["document"],
        where=tuple(row.get("where") or ("none",)),
        due_text=row.get("due_text"),
        due_from=_day(row.get("due_from")),
        due_by=_day(row.get("due_by")),
        tense=row.get("tense") or "future",
        block=0,
        publisher=row.get("publisher"),
    )


def _candidate(row: dict[str, Any]) -> Candidate:
    names = row.get("organisations") or ()
    return Candidate(
        title=row["title"],
        document_type=row.get("document_type") or "",
        departments=tuple(name if isinstance(name, str) else str(name.get("title", "")) for name in names),
        published_at=_time(row.get("first_published_at")),
        updated_at=_time(row.get("public_updated_at")),
        url=row.get("base_path") or "",
        language=row.get("locale") or "en",
        summary=row.get("description") or "",
        key=row["cid"],
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value[:10]) if value else None


def _time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value.replace("Z", "+00:00")) if value else None
