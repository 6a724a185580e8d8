"""Where and when an act's documents come out, and why it promises nothing, if it does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.model.promise import Place
from monitor.rules.promises.acts.openings import clause_start, seen_to, tells_when
from monitor.rules.promises.acts.verbs import Act
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import finite_verbs
from monitor.rules.promises.times.due import Due, after_day
from monitor.rules.promises.words import lexicon, publishing
from monitor.rules.promises.words.tenses import AUXILIARIES

_ABOUT = frozenset("which who where".split())
_SPEAKER = lexicon.EVERYONE | {"my", "our"}
_UNDERTOOK = frozenset("undertook promised agreed decided intended hoped planned pledged resolved".split())
"""Before a time, what was done then: `I undertook in July to publish`."""
_CLOCK = re.compile(r"(?:from|at|by|after)\s", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:(?:may|might|could) (?:well )?be|is (?:just |quite )?possible) that\b"
    r"|\bit (?:is|was|has been) (?:being |widely )?(?:reported|rumoured|claimed|suggested|alleged|said)\b.*\bthat\b"
    r"|\b(?:called|calling|pressed|pressing|campaigned|petitioned|argued|argues|arguing) for\b(?!.*(?:[,;]|\band\b))"
)
"""What is only possible, said by somebody, or called for."""
_CONDITIONS = frozenset("if unless whether when until before after whenever".split())
_WHERE: tuple[Place, ...] = ("gov.uk", "web", "libraries", "laid")


def is_ensured(row: Sequence[Chunk], act: Act) -> bool:
    """`I will ensure that a list is placed in the Library` speaks of what is to come."""
    floor = clause_start(row, act.start)
    if floor < 2 or row[floor - 1].low != "that":
        return False
    asked = row[floor - 2].low in lexicon.SETTLING and any(
        chunk.low in _SPEAKER for chunk in row[max(0, floor - 7) : floor]
    )
    meant = (
        floor > 3 and row[floor - 2].low in lexicon.BE and row[floor - 3].low in ("intention", "plan", "aim", "hope")
    )
    return asked or meant or row[floor - 2].low in lexicon.ENSURING or seen_to(row, floor - 1)


def is_deposited(row: Sequence[Chunk], act: Act) -> bool:
    """`I have deposited a list`: where else than in the Library is not said."""
    behind = row[act.end].low if act.end < len(row) else ""
    return act.verb.name == "deposit" and behind not in ("with", "by", "at", "into")


def places_of(row: Sequence[Chunk], act: Act, start: int, end: int) -> tuple[Place, ...]:
    """The places that a stretch of a row names for an act."""
    found = {row[at].place for at in range(start, end) if not _is_page_of(row, at, end)} - {None}
    laying = act.verb.name in ("lay", "present")
    numbered = any(
        chunk.place == "laid" and any(char.isdigit() or char == "C" for char in chunk.text) for chunk in row[start:end]
    )
    if "laid" in found and not laying and not numbered:
        found.discard("laid")
        before = any(chunk.place == "laid" and chunk.low.startswith("before") for chunk in row[start:end])
        if act.verb.need == "placed" and act.verb.name not in ("provide", "supply"):
            found.add("laid" if before else "libraries")
    if laying and not ("libraries" in found and "laid" not in found):
        found.add("laid")
    if not found and is_deposited(row, act) and any(chunk.place == "libraries" for chunk in row):
        found.add("libraries")
    return tuple(place for place in _WHERE if place in found)


def _is_page_of(row: Sequence[Chunk], at: int, end: int) -> bool:
    """`the Department's pages | on GOV.UK`: one place, and that is GOV.UK."""
    behind = row[at + 1 : min(at + 3, end)]
    led = (len(behind) > 1 and behind[0].low in ("on", "at", "of", "within", "(")) or bool(behind and behind[0].place)
    return row[at].place == "web" and led and any(chunk.place == "gov.uk" for chunk in behind)


def due_of(row: Sequence[Chunk], act: Act, start: int, end: int) -> tuple[Due | None, str]:
    """The phrase of time that belongs to an act, and why it promises nothing, if a time says so."""
    if (
        act.verb.name == "accompany"
        and act.form == "third"
        and not any(chunk.kind == "time" for chunk in row[act.end : act.end + 2])
    ):
        return None, ""
    end = next((at for at in range(act.end, end - 1) if row[at].low == "and" and _other_verb(row, at + 1)), end)
    inside = [_due_at(row, at) for at in range(act.start, end) if not _of_another(row, act, at)]
    leading = [
        _due_at(row, index)
        for index in range(start, act.start)
        if row[index].due is not None and not _happened(row, index) and not _told_beside(row, start, index, act.start)
    ]
    dues = [due for due in (*inside, *leading) if due is not None]
    behind = row[act.end].due if act.end < len(row) else None
    if act.tense == "done" and behind is not None and _tells_past(act, behind):
        return None, "it was done earlier"
    sorts = {due.sort for due in dues}
    later = [due for due in dues if due.text.lower().startswith("until")]
    dues = later if later and act.verb.need == "publication" else [due for due in dues if due not in later]
    if act.tense == "future":
        dues = [due for due in dues if due.text.lower() != "now"]
    clock = [due for due in dues if due.sort == "now" and _CLOCK.match(due.text)]
    dues = [due for due in dues if due not in clock] + clock if sorts & {"span"} else dues
    good = [due for sort in ("now", "span", "same", "open") for due in dues if due.sort == sort and due not in clock]
    good += clock
    if (
        "habit" in sorts
        and not ({"now", "same"} & sorts)
        and not ((act.tense == "future" or _is_shown(act)) and "span" in sorts)
    ):
        return None, "it happens regularly"
    if act.tense == "done" and "now" not in sorts and ("past" in sorts or ("span" in sorts and not _is_shown(act))):
        return None, "it was done earlier"
    return (_named_here(row, good[0]) if good else None), ""


def _named_here(row: Sequence[Chunk], due: Due) -> Due:
    """`sent to the Chair this morning, and placed there simultaneously`: the same is what the sentence has named last."""
    if due.sort != "same":
        return due
    named = [chunk.due for chunk in row if chunk.due is not None and chunk.start < due.start]
    day = any(word in due.text.lower() for word in ("day", "date"))
    told = (
        one
        for one in reversed(named)
        if one.sort == "now" or (one.sort == "span" and (one.first == one.last or not day))
    )
    last = next(told, None)
    return due if last is None else after_day(last, due.text)


def _tells_past(act: Act, behind: Due) -> bool:
    """Whether the time right behind what was done says when, whatever day the sentence goes on with."""
    return behind.sort == "past" or (behind.sort == "span" and act.voice == "reduced" and not _is_shown(act))


def _due_at(row: Sequence[Chunk], at: int) -> Due | None:
    """The phrase of time that stands here; `since the autumn` is past, `since noon` is not."""
    due = row[at].due
    return (
        replace(due, sort="past")
        if due is not None and due.sort == "span" and at and row[at - 1].low == "since"
        else due
    )


def _is_shown(act: Act) -> bool:
    """Whether a document is only said to be there, or to be had: a day is then the first of that, and not past."""
    return act.form == "state" or act.verb.name in publishing.FINDING


def _of_another(row: Sequence[Chunk], act: Act, at: int) -> bool:
    """Whether a time behind an act belongs to a clause about its document: `a call for evidence, which closes on 28 June`.

    `On the same day` says when two things are done, and does not.
    """
    due = row[at].due
    if due is not None and due.sort == "same":
        return False
    if at < act.at and row[at - 1].low in _UNDERTOOK:
        return True
    relative = next((index for index in range(at - 1, act.end, -1) if row[index].low in _ABOUT), None)
    if relative is None or tells_when(row, relative):
        return False
    return any(finite_verbs(row, relative, at))


def _other_verb(row: Sequence[Chunk], at: int) -> bool:
    """Whether a participle that goes on the group stands here: `published in May and | updated every year`."""
    return row[at].low in ("updated", "revised", "reviewed", "refreshed", "repeated", "renewed")


def _told_beside(row: Sequence[Chunk], start: int, at: int, end: int) -> bool:
    """Whether a time stands in a clause beside: `the reports, which came on Friday, | are published`."""
    behind = row[at].due is not None and any(
        chunk.low in ("which", "who", "whom") for chunk in row[max(start, at - 10) : at]
    )
    was = any(chunk.low in ("was", "were", "had") for chunk in row[max(start, at - 10) : at])
    return behind and (was or any(chunk.text == "," for chunk in row[at:end]))


def _happened(row: Sequence[Chunk], at: int) -> bool:
    """Whether a time belongs to what was done to the subject: `the consultation held in July | is published`."""
    due = row[at].due
    while at > 1 and (row[at - 1].low in ("and", "between", "from", "to", "in", "on") or row[at - 1].kind == "time"):
        at -= 1
    led = row[at - 1].low if at else ""
    happened = led.endswith("ed") or led in lexicon.DONE_WORDS
    finite = at > 1 and row[at - 2].low in AUXILIARIES
    return due is not None and due.sort in ("span", "past") and happened and not finite


def standing_of(row: Sequence[Chunk], act: Act, due: Due | None, is_outside: bool) -> str:
    """Why an act promises nothing, if it does not."""
    if act.tense is None:
        return act.standing
    if act.standing == "is asked for" and not is_ensured(row, act):
        return "somebody asks for it"
    if act.marked and (
        due is None
        or (due.sort != "now" and (act.tense == "done" or due.sort == "open" or due.text.startswith("within")))
    ):
        return "stated without a day"
    floor = clause_start(row, act.start)
    if _UNSURE.search(" ".join(chunk.low for chunk in row[: act.start])):
        return "it is a duty or a possibility"
    if row[floor].low in ("where", "wherever") and (due is None or due.sort == "open"):
        return "it is done wherever something is so"
    if any(
        row[index].low in ("neither", "nor", "none", "nothing", "no")
        for index in range(floor, act.start)
        if not _comma_between(row, index, act.start)
    ):
        return "it is denied"
    for index in range(floor, act.start):
        dated = row[index].low == "when" and index > 1 and "time" in (row[index - 1].kind, row[index - 2].kind)
        hangs = row[index].kind == "word" and row[index].low in _CONDITIONS and not dated
        hangs = hangs and row[index + 1].low != "which"
        if hangs and not _comma_between(row, index, act.start) and not any(finite_verbs(row, index, act.start)):
            return "it hangs on a condition"
    shown = act.verb.need == "place" and act.verb.of_subject
    return "somebody else publishes it" if is_outside and not shown else ""


def _comma_between(row: Sequence[Chunk], start: int, end: int) -> bool:
    return any(row[index].text == "," for index in range(start, end))
