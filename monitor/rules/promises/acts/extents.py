"""The stretch of a sentence whose times and places belong to an act."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.acts.openings import clause_start, tells_when
from monitor.rules.promises.acts.subjects import Region
from monitor.rules.promises.acts.verbs import Act
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import finite_verbs
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.tenses import AUXILIARIES

_WHEN = frozenset("when once after until if".split())


def extent_of(
    row: Sequence[Chunk], act: Act, before: Act | None, following: Act | None, region: Region
) -> tuple[int, int]:
    """The stretch of a row whose times and places belong to an act."""
    end = following.start if following is not None else len(row)
    aux = next(
        (at for at in range(act.end, end) if _opens_clause(row, at) and not _in_relative(row, act.end, at)), None
    )
    if aux is not None or following is not None:
        limit = aux if aux is not None else end
        cuts = [
            index
            for index in range(act.end + 1, limit)
            if row[index].text in (",", ";", ":") or row[index].low in ("and", "but", "which", "who", "that")
        ]
        joined = following is not None and limit == following.start
        end = cuts[-1] if cuts and not (joined and _nothing_between(row, cuts[-1] + 1, limit)) else limit
    if before is None:
        return _first_extent(row, act, region) if act.voice != "reduced" else act.start, end
    own = (
        region.phrases[0].start
        if region.phrases and region.phrases[0].start >= before.end and act.voice != "reduced"
        else act.start
    )
    return min(_led_from(row, own, before.end), act.start), end


def _opens_clause(row: Sequence[Chunk], at: int) -> bool:
    """Whether an auxiliary is another clause's verb: the infinitive of `the form to be used` is none's."""
    infinitive = row[at].low == "be" and row[at - 1].low == "to"
    return row[at].low in AUXILIARIES and not infinitive and not tells_when(row, at - 1)


def _in_relative(row: Sequence[Chunk], start: int, at: int) -> bool:
    """Whether a verb is that of a clause between commas: `his letter, to which mine is attached, in the Libraries`."""
    told = next((index for index in range(at - 1, start - 1, -1) if row[index].low in _WHEN), None)
    if told is not None and not any(chunk.text == "," or chunk.low == "and" for chunk in row[told:at]):
        return True
    opened = next((index for index in range(at - 1, start, -1) if row[index].low in lexicon.RELATIVES), None)
    if opened is None or not any(chunk.text == "," for chunk in row[max(start, opened - 2) : opened]):
        return False
    closed = next((index for index in range(at, len(row)) if row[index].text == ","), None)
    return closed is not None and closed + 1 < len(row) and row[closed + 1].kind in ("place", "time")


def _first_extent(row: Sequence[Chunk], act: Act, region: Region) -> int:
    """From the sentence's beginning, unless another clause stands before the one that promises."""
    own = region.phrases[0].start if region.phrases and region.phrases[0].start < act.start else act.start
    floor = clause_start(row, act.start)
    begun = floor if floor and row[floor - 1].text == ";" else _behind_first_verb(row, act)
    if not any(finite_verbs(row, begun, own)):
        return begun
    start = _led_from(row, own, max(begun, floor))
    return floor if floor and start == own and not any(finite_verbs(row, floor, own)) else start


def _behind_first_verb(row: Sequence[Chunk], act: Act) -> int:
    """From `and`, where `completed in the autumn | and published` has told the time of its first verb."""
    if not act.joined or not any(chunk.kind == "time" for chunk in row[act.start :]):
        return 0
    aux = next(finite_verbs(row, 0, act.start), act.start)
    told = [at for at in range(aux + 2, act.start) if row[at].kind == "time"]
    return told[-1] + 1 if told else 0


def _led_from(row: Sequence[Chunk], own: int, floor: int) -> int:
    """From where a later clause begins, its leading time included: `..., and next week the plan will follow`.

    So is a time that `when` goes on with: `will report to me in May, when its conclusions will be published`.
    """
    for index in range(own - 1, floor - 1, -1):
        if row[index].text == "," and row[index + 1].low == "when" and row[index - 1].kind == "time":
            return index - 1
        if row[index].text in (",", ";", ":") or row[index].low in ("and", "but"):
            return index + 1
    return own


def _nothing_between(row: Sequence[Chunk], start: int, end: int) -> bool:
    return all(row[index].low in lexicon.ADVERBS for index in range(start, end))
