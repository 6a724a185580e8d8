"""A comparison written down for readers: as plain text, as HTML, as JSON. One implementation for terminal and web.

Readable without colour: what went stands in `[-…-]` or <del>, what came in `{+…+}` or <ins>, " → " between the two where
one replaced the other, so that neither a screen reader nor a pasted copy runs "180" and "365" together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Literal

from monitor.model.diff import Diff, DiffBlock, Run
from monitor.rules.comparison.blocks import Kind, kind_of, marker_of
from monitor.rules.comparison.diff import moved_edits
from monitor.text import runs_from_right

ARROW = " → "
BREAK = "¶"
"""Stands for a line break that came or went within a block: a paragraph was split or joined."""


def to_json(diff: Diff) -> dict[str, object]:
    """The part of `monitor diff --json` that tells the words; `pair` is there for moved blocks only."""
    blocks: list[dict[str, object]] = []
    for block in diff.blocks:
        told: dict[str, object] = {"op": block.op, "words": [[run.op, run.text] for run in block.runs]}
        blocks.append(told if block.pair is None else {**told, "pair": block.pair})
    return {"blocks": blocks, "words_added": diff.words_added, "words_removed": diff.words_removed}


def runs_to_text(runs: Sequence[Run]) -> str:
    """Word runs as `[-old-] {+new+}`, white space outside the marks."""
    return _marked(runs, _TEXT)


def runs_to_html(runs: Sequence[Run]) -> str:
    """Word runs as escaped HTML with <del> and <ins>, and words for those who hear it.

    The class `visually-hidden` must hide its words from sight only.
    """
    return _marked(runs, _HTML)


def to_text(diff: Diff, *, context: int | None = None) -> str:
    """The comparison as plain text, a block a line; only `context` unchanged blocks around a change, or all of them."""
    edited = moved_edits(diff.blocks)
    lines = [
        f"[… {_unchanged(entry)} …]"
        if isinstance(entry, int)
        else runs_to_text(_runs(entry, edited)).strip("\n") + _whereabouts(entry)
        for entry in _near(diff.blocks, context)
    ]
    return "\n".join([*lines, ""]) if lines else ""


def to_html(diff: Diff, *, context: int | None = None) -> str:
    """The comparison as an HTML fragment, every block as what it is: heading, list item, table row, quote, paragraph."""
    edited = moved_edits(diff.blocks)
    parts: list[str] = []
    for shape, entries in groupby(_near(diff.blocks, context), key=_shape):
        inner = [_block_html(entry, edited) for entry in entries]
        if shape in _AROUND:
            inner = [f"<{_AROUND[shape]}>", *inner, f"</{_AROUND[shape].partition(' ')[0]}>"]
        parts.extend(inner)
    return "\n".join([*parts, ""]) if parts else ""


@dataclass(frozen=True, slots=True)
class _Dress:
    """How a kind of output writes what stayed, went and came, what stands between the last two, and a line break."""

    same: Callable[[str], str]
    gone: Callable[[str], str]
    came: Callable[[str], str]
    between: str
    line: str


def _aloud(tag: str, word: str) -> Callable[[str], str]:
    hidden = '<span class="visually-hidden">{}</span>'
    return lambda text: f"<{tag}>{hidden.format(f'[{word}: ')}{escape(text)}{hidden.format(']')}</{tag}>"


_TEXT = _Dress(str, "[-{}-]".format, "{{+{}+}}".format, " ", "\n")
_HTML = _Dress(escape, _aloud("del", "deleted"), _aloud("ins", "inserted"), ARROW, "<br>\n")
_AROUND = {"item": "ul", "numbered": 'ul class="diff-numbered"', "row": "table"}


def _marked(runs: Sequence[Run], dress: _Dress) -> str:
    parts: list[str] = []
    from_right = runs_from_right("".join(run.text for run in runs))
    between = dress.between.replace("→", "←") if from_right else dress.between
    for place, run in enumerate(runs):
        if run.op == "=":
            parts.append(dress.same(run.text))
            continue
        replaced = run.op == "-" and place + 1 < len(runs) and runs[place + 1].op == "+"
        replaces = run.op == "+" and place > 0 and runs[place - 1].op == "-"
        core = run.text.strip()
        lead = run.text[: len(run.text) - len(run.text.lstrip())]
        if not core:
            parts.append(_break(run, dress, replaced=replaced))
            continue
        mark = dress.gone if run.op == "-" else dress.came
        tail = run.text[len(run.text.rstrip()) :]
        both = runs[place + 1 if replaced else place - 1].text.strip() if replaced or replaces else ""
        parts.append("" if replaces and both else lead)
        parts.append(mark(core.replace("\n", f"{BREAK} ")))
        parts.append(between if replaced and both else tail)
    return "".join(parts)


def _break(run: Run, dress: _Dress, *, replaced: bool) -> str:
    """White space that came or went alone: a line break is shown, other space is not."""
    if run.op == "+":
        return dress.came(BREAK) + dress.line if "\n" in run.text else run.text
    if "\n" in run.text:
        return dress.gone(BREAK) + ("" if replaced else " ")
    return ""


def _near(blocks: Sequence[DiffBlock], context: int | None) -> Iterator[DiffBlock | int]:
    """The blocks to show; in place of those left out, their number."""
    if context is None:
        yield from blocks
        return
    shown = {
        near
        for number, block in enumerate(blocks)
        if block.op != "equal"
        for near in range(number - context, number + context + 1)
    }
    skipped = 0
    for number, block in enumerate(blocks):
        if number not in shown:
            skipped += 1
            continue
        if skipped:
            yield skipped
            skipped = 0
        yield block
    if skipped:
        yield skipped


def _unchanged(number: int) -> str:
    return f"{number} unchanged paragraph{'s' if number > 1 else ''}"


def _whereabouts(block: DiffBlock) -> str:
    """What a moved block says of itself."""
    return {"move": f" (moved here, {block.pair})", "moved": f" (moved away, {block.pair})"}.get(block.op, "")


def _runs(block: DiffBlock, edited: dict[int, tuple[Run, ...]]) -> tuple[Run, ...]:
    """A block's runs; of a block that was moved and edited, at its new place, what was edited."""
    return edited.get(block.pair or 0, block.runs) if block.op == "move" else block.runs


def _shape(entry: DiffBlock | int) -> Kind | Literal["skip", "numbered"]:
    """What a block is drawn as; a numbered item keeps the number it has, as numbers are edited, too."""
    if isinstance(entry, int):
        return "skip"
    line = _first_line(entry.runs)
    kind = kind_of(line)
    return "numbered" if kind == "item" and marker_of(line).strip() != "-" else kind


def _first_line(runs: Sequence[Run]) -> str:
    """How the block begins, in the new text where it is there."""
    new = "".join(run.text for run in runs if run.op != "-").lstrip("\n")
    return new or "".join(run.text for run in runs).lstrip("\n")


def _block_html(entry: DiffBlock | int, edited: dict[int, tuple[Run, ...]]) -> str:
    if isinstance(entry, int):
        return f'<p class="diff-skip">… {_unchanged(entry)} …</p>'
    runs = _runs(entry, edited)
    line, shape = _first_line(runs), _shape(entry)
    note = f" <small>{_whereabouts(entry).strip()}</small>" if entry.pair else ""
    if shape == "row":
        return f'<tr class="diff-{entry.op}">{_cells(runs)}{f"<td>{note}</td>" if note else ""}</tr>'
    mark = "" if shape == "numbered" else marker_of(line)
    tag = {"item": "li", "numbered": "li", "quote": "blockquote"}.get(shape, "p")
    if shape == "heading":
        tag = f"h{min(6, mark.count('#') + 1)}"
    inner = runs_to_html(_without(runs, mark)).strip()
    return f'<{tag} class="diff-{entry.op}">{inner}{note}</{tag}>'


def _without(runs: Sequence[Run], mark: str) -> list[Run]:
    """Runs without the block's mark, where all of them that stand first begin with it."""
    first = runs[0]
    text = first.text.lstrip("\n")
    if not mark or not text.startswith(mark):
        return [Run(first.op, text), *runs[1:]] if text else list(runs[1:])
    rest = text[len(mark) :]
    return [*([Run(first.op, rest)] if rest else []), *runs[1:]]


def _cells(runs: Sequence[Run]) -> str:
    """A table row cell by cell; bars that went with a column leave a gap, bars that came begin a cell."""
    cells: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.strip("\n").split("|")
        cells[-1].append(Run(run.op, first))
        for text in others:
            if run.op == "-" and len({run.op for run in runs}) > 1:
                cells[-1].append(Run(run.op, text))
            else:
                cells.append([Run(run.op, text)])
    inner = [[run for run in cell if run.text.strip() or run.op == "="] for cell in cells[1:-1] or cells]
    return "".join(f"<td>{runs_to_html(cell).strip()}</td>" for cell in inner)
