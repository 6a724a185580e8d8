"""The changed passages a reader is shown: the most telling first, each cut to a few words around the change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from monitor.model.diff import Diff, DiffBlock, Run, RunOp
from monitor.model.digest import Passage
from monitor.rules.comparison import terms
from monitor.rules.comparison.blocks import kind_of, marker_of
from monitor.rules.comparison.diff import moved_edits
from monitor.rules.comparison.edits import headings
from monitor.rules.comparison.materiality import Decision
from monitor.rules.comparison.telling import WEIGHTS
from monitor.rules.comparison.words import split_words

ELLIPSIS = "…"
LONGEST_WORD = 100
"""Letters a word is shown with; a web address may have more."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Neighbouring blocks that make one passage, by number, and how telling they are."""

    blocks: tuple[int, ...]
    score: int


def passages(diff: Diff, decisions: Sequence[Decision], *, limit: int, words: int) -> tuple[tuple[Passage, ...], int]:
    """The `limit` most telling passages of a comparison, each of about `words` words, and how many more there are.

    Edits that are not of substance are shown only where there is nothing else, and white space never.
    """
    telling = [decision for decision in decisions if decision.material] or [
        decision for decision in decisions if _is_visible(decision)
    ]
    places = _places(diff, telling)
    ranked = sorted(places, key=lambda place: (-place.score, place.blocks[0]))[: max(0, limit)]
    above = headings(diff)
    edited = moved_edits(diff.blocks)
    shown = (
        _passage([diff.blocks[at] for at in place.blocks], above[place.blocks[0]], edited, words) for place in ranked
    )
    return tuple(passage for passage in shown if passage.runs), len(places) - len(ranked)


def _is_visible(decision: Decision) -> bool:
    """Whether a reader would see the edit at all."""
    return "".join(decision.edit.gone.split()) != "".join(decision.edit.came.split())


def _places(diff: Diff, decisions: Iterable[Decision]) -> list[_Place]:
    """Blocks with telling edits. Blocks put in or taken out side by side are one passage; each changed block is its own."""
    scores: dict[int, int] = {}
    for decision in decisions:
        score = sum(WEIGHTS[kind] for kind in decision.kinds)
        scores[decision.edit.block] = scores.get(decision.edit.block, 0) + score
    places: list[_Place] = []
    for whole, run in groupby(enumerate(diff.blocks), key=lambda at: at[1].op in ("insert", "delete")):
        numbers = [number for number, _ in run if number in scores]
        parts = _sections(diff, numbers) if whole else [[number] for number in numbers]
        places.extend(_Place(tuple(part), max(map(scores.__getitem__, part)) + min(len(part), 5)) for part in parts)
    return places


def _sections(diff: Diff, numbers: Sequence[int]) -> list[list[int]]:
    """Cut a run of blocks where a heading begins."""
    parts: list[list[int]] = []
    for number in numbers:
        if not parts or kind_of(diff.blocks[number].texts[-1].strip("\n")) == "heading":
            parts.append([])
        parts[-1].append(number)
    return parts


def _passage(blocks: Sequence[DiffBlock], heading: str, edited: dict[int, tuple[Run, ...]], words: int) -> Passage:
    """One passage; a heading that is put in or taken out with its section is its heading and not repeated."""
    if len(blocks) > 1 and kind_of(blocks[0].texts[-1].strip("\n")) == "heading":
        blocks = blocks[1:]
    runs = [run for block in blocks for run in _words_only(edited.get(block.pair or 0) or block.runs)]
    return Passage(_cut(runs, words), heading)


def _words_only(runs: Sequence[Run]) -> list[Run]:
    """The runs of a block without its mark, line breaks as spaces."""
    lead = runs[0].text.lstrip("\n")
    first = Run(runs[0].op, lead[len(marker_of(lead)) :].removeprefix("| "))
    inline = [Run(run.op, " ".join(run.text.split("\n"))) for run in (first, *runs[1:])]
    if inline[-1].text.endswith(" | "):
        inline[-1] = Run(inline[-1].op, inline[-1].text[:-2])
    return [run for run in inline if run.text]


def _cut(runs: Sequence[Run], words: int) -> tuple[Run, ...]:
    """The stretch of about `words` words in which most of what matters changed, with ellipses where something was cut."""
    pieces = [(run.op, _bounded(piece)) for run in runs for piece in split_words(run.text)]
    size = words + words // 8
    if len(pieces) > size:
        start = _best_start([_weight(op, piece) for op, piece in pieces], size)
        head, tail = start > 0, start + size < len(pieces)
        pieces = pieces[start : start + size]
        while head and pieces[0][0] == "=" and not any(map(str.isalnum, pieces[0][1])):
            del pieces[0]
        if tail:
            pieces[-1] = (pieces[-1][0], pieces[-1][1].rstrip())
        left: list[tuple[RunOp, str]] = [("=", ELLIPSIS)]
        pieces = [*(left if head else ()), *pieces, *(left if tail else ())]
    cut = [Run(op, "".join(piece for _, piece in part)) for op, part in groupby(pieces, key=lambda at: at[0])]
    if cut:
        cut[-1] = Run(cut[-1].op, cut[-1].text.rstrip())
    return tuple(run for run in cut if run.text)


def _bounded(piece: str) -> str:
    """A piece, cut if no word is that long."""
    return piece if len(piece) <= LONGEST_WORD else piece[:LONGEST_WORD].rstrip() + ELLIPSIS


def _weight(op: RunOp, piece: str) -> int:
    """How much a reader wants to see a piece: changed figures, modal verbs and negations before other changed words."""
    word = piece.rstrip().lower()
    if op == "=" or not any(map(str.isalnum, word)):
        return 0
    return 5 if any(map(str.isdigit, word)) or word in terms.MODALS or word in terms.NEGATIONS else 1


def _best_start(weights: Sequence[int], size: int) -> int:
    """Where a window of `size` must begin to hold the most weight, its changes in the middle."""
    sums = list(accumulate(weights, initial=0))
    start = max(range(len(weights) - size + 1), key=lambda at: (sums[at + size] - sums[at], -at))
    changed = [at for at in range(start, start + size) if weights[at]] or [start]
    middle = (changed[0] + changed[-1] + 1) // 2
    return min(max(0, middle - size // 2), len(weights) - size)
