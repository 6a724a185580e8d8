"""Where a document is, said by `is`: in the Libraries, before the House, on GOV.UK since noon, in print, at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.rules.promises.acts.groups import group_start, inside_group, lows, subject_word
from monitor.rules.promises.acts.verbs import Act
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import is_finite
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.bodies import PEOPLE
from monitor.rules.promises.words.forms import is_verb_of_publishing
from monitor.rules.promises.words.publishing import Verb
from monitor.rules.promises.words.tenses import AUXILIARIES, EXPECTED, Voice, judge

STAND = Verb("be there", "be", "", "", (), "placed", of_subject=True)
OUT = Verb("be out", "out", "", "", (), "document", of_subject=True)
_BEFORE = Verb("present", "be", "", "", (), "document", of_subject=True)
_SHOWN = frozenset(("gov.uk", "web", "libraries"))
_COPULAS = frozenset("is are be been".split())
_MANNERS = frozenset(
    tuple(words.split())
    for words in "at hand|to hand|on display|on show|on view|on deposit|for inspection|for sale|on its way|on their way".split(
        "|"
    )
)
"""How a document is where it is: `at hand in the Vote Office`."""
_NEWLY = frozenset("out live new also and".split())
"""Before a time and `is`: `Out today is the digest`."""
_READY = frozenset("live up there ready free open waiting both all".split())
_VIEWING = frozenset("view read see inspect consult download access".split())
"""Behind `free to`, what anybody may do where it is."""
_COMING = Verb("be there", "be", "", "", (), "dated", of_subject=True)
_ABROAD = tuple(
    words.split()
    for words in (
        "in print|in circulation|in the public domain|in the hands of members|in the hands of hon members"
        "|in the hands of the house|in members' hands|in their hands|in everyone's hands|before the public|before the country"
        "|open to inspection|open to public inspection|open to the public|on sale|with members|with hon members|with colleagues"
    ).split("|")
)
"""Where everybody has it, and no place is named."""
_NOT_NEW = frozenset("domain circulation public country house members hands colleagues inspection sale".split())
_PAPERS = frozenset("paper bulletin prospectus handbook guidance command document report".split())
_WITH_THIS = ("accompanying", "with this", "with my", "alongside this")
_NAMING_REACH, _TITLED_REACH = 14, 12


def read_presence(row: Sequence[Chunk], at: int) -> Act | None:
    """The act of a form of `be` at `at` that says where a document is; None for any other."""
    if row[at].low not in _COPULAS:
        return None
    start = group_start(row, at)
    group = lows(row, start, at + 1)
    if not _stands(group) or (row[at].low == "been" and "have" not in group and "has" not in group):
        return None
    index = _past_manner(row, at + 1)
    if index >= len(row):
        return None
    verb, end = _predicate(row, at, index)
    if verb is None:
        return _turned(row, at, start, group)
    _, tense, standing, marked = judge(group, "past", verb, "")
    if verb.name == "present" and tense == "done":
        tense, marked = "present", True
    return Act(
        verb, "state", start, at, end, "passive", tense, standing, marked or "been" in group or _is_abroad(row, end)
    )


def _stands(group: Sequence[str]) -> bool:
    """Whether the group says that something is, or will be, and not that it may or must."""
    if group[-1] != "be":
        return True
    settled = set(group) & (lexicon.MODALS_YES | EXPECTED) or ("to" in group and set(group) & lexicon.CONTROLS)
    return bool(settled)


def _predicate(row: Sequence[Chunk], at: int, index: int) -> tuple[Verb | None, int]:
    """What is said behind `be`: the verb that it amounts to, and where that ends."""
    if row[index].kind == "place" and row[index].place in _SHOWN:
        return STAND, index if row[index - 1].low in _VIEWING else at + 1
    if row[index].place == "laid" and row[index].low.startswith(("before", "with")):
        return _BEFORE, at + 1
    if row[index].low in ("out", "public", "up") and index + 1 < len(row) and (row[index + 1].kind == "time"):
        return OUT, at + 1
    if row[index].low == "with" and row[at].low == "be" and _is_readers(row, index + 1):
        return _COMING, index + 1
    ahead = [chunk.low.strip(".") for chunk in row[index : index + 6] if chunk.kind == "word"]
    words = next((words for words in _ABROAD if ahead[: len(words)] == words), None)
    return (None, at) if words is None else (OUT, index + len(words))


def _is_abroad(row: Sequence[Chunk], end: int) -> bool:
    """Whether a document is said to be in everybody's hands: a day must tell that it is new."""
    return row[end - 1].low in _NOT_NEW


def _past_manner(row: Sequence[Chunk], index: int) -> int:
    """Past what may stand between `is` and the place: `now`, `at hand`, `free for anyone to read`, `from today`."""
    while index < len(row) and row[index].kind != "place":
        manner = next(
            (one for one in _MANNERS if tuple(chunk.low for chunk in row[index : index + len(one)]) == one), ()
        )
        if manner:
            index += len(manner)
        elif row[index].low in ("free", "open") and row[index + 1 : index + 2] and row[index + 1].low in ("for", "to"):
            place = next(
                (one for one in range(index, min(index + _TITLED_REACH, len(row))) if row[one].kind == "place"), None
            )
            return index if place is None or any(is_finite(row, one) for one in range(index, place)) else place
        elif _is_up_by(row, index):
            break
        elif (
            row[index].kind == "time"
            or (row[index].text == "," and "time" in (row[index - 1].kind, row[min(index + 1, len(row) - 1)].kind))
            or row[index].low in _READY
            or (row[index].low in lexicon.ADVERBS and row[index].low != "out")
        ):
            index += 1
        else:
            break
    return index


def _is_readers(row: Sequence[Chunk], at: int) -> bool:
    """Whether those are named for whom a document is written: `will be with employers by Easter`."""
    at += at < len(row) and row[at].low in lexicon.DETERMINERS
    return at < len(row) and row[at].low.endswith("s") and row[at].low in PEOPLE


def _is_up_by(row: Sequence[Chunk], at: int) -> bool:
    """`will be up by Easter`: where everybody looks, and no place is named."""
    ahead = row[at + 1 : at + 4]
    return row[at].low == "up" and bool(ahead) and ahead[0].kind == "time" and all(one.kind != "place" for one in ahead)


def _turned(row: Sequence[Chunk], at: int, start: int, group: Sequence[str]) -> Act | None:
    """`In the Library from today are copies`, `There will be on GOV.UK a map`: the document comes behind `is`."""
    led = subject_word(row, start)
    if led == "there":
        reach = row[at + 1 : at + _NAMING_REACH]
        found = next((chunk for chunk in reach if chunk.kind == "place" or chunk.low in AUXILIARIES), None)
        placed = found is not None and found.place in _SHOWN and row[at + 1].low != "not"
    else:
        lead = start
        while lead and (row[lead - 1].kind == "place" or inside_group(row[lead - 1])):
            lead -= 1
        opens = lead == 0 or row[lead - 1].text in ";:" or row[lead - 1].low in ("and", "also")
        placed = opens and any(chunk.place in _SHOWN and chunk.kind == "place" for chunk in row[lead:start])
        before = any(chunk.kind == "place" and chunk.low.startswith("before") for chunk in row[lead:start])
        placed = placed or (opens and before and any(chunk.kind == "time" for chunk in row[lead:start]))
    behind = at + 1
    while led == "there" and behind < len(row) and row[behind].kind == "time":
        behind += 1
    if behind >= len(row) or not _names_something(row[behind]):
        return None
    if not placed and start > 1 and all(chunk.kind == "time" or chunk.low in _NEWLY for chunk in row[:start]):
        return Act(OUT, "state", start, at, at + 1, "inverted", "present", "is out", marked=True)
    if not placed and led == "there" and set(group) & lexicon.MODALS_YES and _is_paper(row, at + 1):
        return Act(_COMING, "state", start, at, at + 1, "inverted", "future", "there will be", marked=True)
    if not placed and start and row[start - 1].low.startswith(_WITH_THIS):
        return Act(OUT, "state", start, at, at + 1, "inverted", "present", "goes with it")
    if not placed:
        return None
    _, tense, standing, marked = judge(group, "past", STAND, "")
    voice: Voice = "inverted"
    return Act(replace(STAND, need="shown"), "state", start, at, at + 1, voice, tense, standing, marked)


def _is_paper(row: Sequence[Chunk], at: int) -> bool:
    """Whether what there will be is called by what is only ever published: `a White Paper`, and not `a plan`."""
    return any(chunk.low in _PAPERS for chunk in row[at : at + 5] if chunk.kind == "word")


def _names_something(chunk: Chunk) -> bool:
    named = chunk.low in lexicon.DETERMINERS | lexicon.COPIES | lexicon.DOCUMENTS or chunk.kind in ("title", "place")
    return named or chunk.is_name


def read_shown(row: Sequence[Chunk], at: int) -> Act | None:
    """`can be inspected in the Library`, `is displayed on GOV.UK`: whatever else is done to a document where it is to be had."""
    behind = row[at + 1] if at + 1 < len(row) else None
    if behind is None or behind.kind != "place" or behind.place not in _SHOWN:
        return None
    low = row[at].low
    brought = behind.place == "libraries" and low in ("given", "brought", "taken", "lent")
    done = low.endswith("ed") or low == "shown" or brought or (low.endswith("ing") and low != "being")
    if not done or (is_verb_of_publishing(low) and low != "expected"):
        return None
    verb = Verb("be available", "available", "", "", (), "shown", of_subject=True)
    start = group_start(row, at)
    group = lows(row, start, at)
    if not set(group) & lexicon.BE:
        return None
    _, tense, standing, marked = judge(group, "past", verb, "")
    return Act(verb, "state", start, at, at + 1, "passive", tense, standing, marked)
