"""What a sentence says is done to documents: every publishing verb with its tense, voice and standing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.model.promise import Tense
from monitor.rules.promises import lexicon
from monitor.rules.promises.chunks import Chunk
from monitor.rules.promises.lexicon import Verb
from monitor.rules.promises.tenses import AUXILIARIES, Form, Voice, judge

_NAMES: tuple[Form, ...] = ("plain", "third", "ing")
_TWINS = frozenset({"read", "put", "set"})
"""Their past form is their plain one: which it is, the group says."""


def _forms() -> dict[str, tuple[Verb, Form]]:
    table: dict[str, tuple[Verb, Form]] = {}
    for verb in lexicon.VERBS:
        for name, form in zip(_NAMES, (verb.plain, verb.third, verb.ing), strict=True):
            table[form] = (verb, name)
        for form in verb.past:
            if form in _TWINS or form not in table:
                table[form] = (verb, "past")
    return table


_FORMS = _forms()


@dataclass(frozen=True, slots=True)
class Act:
    """A verb of publishing in a row of chunks: its group from `start` to `end`, the verb itself at `at`.

    `tense` is None where the group says that nothing is promised, and `standing` says why. `marked` acts promise only
    with a word such as `today` beside them. `joined` acts share subject or auxiliary with the act before.
    """

    verb: Verb
    form: Form
    start: int
    at: int
    end: int
    voice: Voice
    tense: Tense | None
    standing: str
    marked: bool = False
    joined: bool = False


def read_act(row: Sequence[Chunk], at: int, before: Act | None) -> Act | None:
    """The act whose verb stands at `at`, if that is a verb of publishing here; `before` is the act before it."""
    verb, form = _FORMS.get(row[at].low, (None, None))
    if verb is None or form is None or not _is_verb(row, at, verb):
        return None
    start = group_start(row, at)
    group = [chunk.low for chunk in row[start:at] if chunk.kind == "word"]
    if row[at].low in _TWINS:
        form = _form_of_twins(group)
    if form == "plain" and not group and not _many(subject_word(row, start)):
        return None
    if form in ("past", "plain", "ing") and not (set(group) & AUXILIARIES) and "to" not in group:
        joined = _joined(row, start, at, form, before)
        if joined is not None:
            return replace(joined, verb=verb, form=form, start=start, at=at, end=_after(row, at, verb), joined=True)
    voice, tense, standing, marked = judge(group, form, verb, subject_word(row, start))
    if verb.name in ("put", "send") and at + 1 < len(row) and row[at + 1].low == "out":
        verb = replace(verb, need="document")
    return Act(verb, form, start, at, _after(row, at, verb), voice, tense, standing, marked)


def _many(subject: str) -> bool:
    """Whether a subject takes a plain verb: `I lay`, `the tables show`; `a statistical release` holds no verb."""
    return subject in ("i", "we", "they", "you", "and", "") or subject.endswith("s")


def _is_verb(row: Sequence[Chunk], at: int, verb: Verb) -> bool:
    """Whether the word is the verb here, and not a noun (`a report issue`), a part of a name or another sense."""
    low, before = row[at].low, row[at - 1].low if at else ""
    if at and row[at].is_name and row[at - 1].kind == "word" and row[at].text[1:].islower():
        return False
    if (
        low in ("had", "got", "obtained", "read", "seen", "found", "consulted", "accessed", "viewed")
        and verb.need == "place"
    ):
        if low == "read" and before in ("can", "may", "will", "should"):
            return True
        return before in lexicon.BE or (at > 1 and before in lexicon.ADVERBS and row[at - 2].low in lexicon.BE)
    if verb.name == "go" and at + 1 < len(row) and row[at + 1].low == "to":
        return False
    if verb.need == "publication":
        return any(chunk.low == "publication" for chunk in row[:at]) and at + 1 < len(row) and row[at + 1].low != "to"
    if verb.name in ("announce", "mark", "witness"):
        return any(chunk.low in lexicon.PUBLISHING_NOUNS for chunk in row[at + 1 : at + 4])
    if verb.name in lexicon.PARTICLES and not any(
        chunk.low in lexicon.PARTICLES[verb.name] for chunk in row[at + 1 : at + 2]
    ):
        return False
    if low == verb.past[0] if verb.past else False:
        return before not in lexicon.DETERMINERS
    return (
        before not in lexicon.DETERMINERS and before not in lexicon.PREPOSITIONS - {"to"} and not before.endswith("'s")
    )


def _form_of_twins(group: Sequence[str]) -> Form:
    """Which form `put`, `read` or `set` is in: plain after `will` or `to`, else past."""
    if any(word in lexicon.BE or word in lexicon.HAVE for word in group):
        return "past"
    return "plain" if group else "past"


def _after(row: Sequence[Chunk], at: int, verb: Verb) -> int:
    particles = lexicon.PARTICLES.get(verb.name, ())
    return at + 2 if at + 1 < len(row) and row[at + 1].low in particles else at + 1


def group_start(row: Sequence[Chunk], at: int) -> int:
    """Where the verb group that ends at `at` begins: auxiliaries, `to`, and words like `intend`, with adverbs between."""
    start = index = at
    while index > 0:
        chunk = row[index - 1]
        if chunk.kind == "word" and _opens_group(row, index - 1):
            start = index - 1
        elif chunk.text == "," and (skip := _interjection(row, index - 1)) is not None:
            start, index = skip - 1, skip
        elif not _inside_group(chunk):
            break
        index -= 1
    return start


def _interjection(row: Sequence[Chunk], comma: int) -> int | None:
    """The other comma of `intends, subject to its board's agreement, to publish`, if a verb group goes on before it."""
    other = next((index for index in range(comma - 2, max(comma - 14, 0), -1) if row[index].text == ","), None)
    if other is None or comma + 1 >= len(row) or not _in_group(row, other - 1) or not _in_group(row, comma + 1):
        return None
    return other


def _in_group(row: Sequence[Chunk], index: int) -> bool:
    low = row[index].low
    return low in AUXILIARIES or low in lexicon.CONTROLS or low in ("to", "not") or low in _FORMS


def _opens_group(row: Sequence[Chunk], index: int) -> bool:
    low = row[index].low
    if low in lexicon.THIRD and index and _leads_to_infinitive(row, index):
        led = row[index - 1].low
        return led not in lexicon.DETERMINERS and led not in lexicon.HAVE and led not in lexicon.PREPOSITIONS
    if low == "intention":
        return _leads_to_infinitive(row, index) and row[index - 1].low in ("my", "our", "intention", "firm")
    if low in lexicon.NOUNS_TOO:
        before = row[index - 1].low if index else ""
        spoken = (
            before in lexicon.EVERYONE or before in AUXILIARIES or before in ("government", "department", "also", "now")
        )
        return spoken and _leads_to_infinitive(row, index)
    if low in lexicon.CONTROLS:
        return _leads_to_infinitive(row, index)
    if low == "to":
        return _leads_to_plain(row, index)
    return low in AUXILIARIES or low in lexicon.NEGATIVES or low.endswith("n't")


def _leads_to_plain(row: Sequence[Chunk], index: int) -> bool:
    """Whether `to` opens an infinitive here, and does not stand before a noun: `our response to each is published`."""
    index += 1
    while index < len(row) and _inside_group(row[index]):
        index += 1
    return index < len(row) and row[index].low not in AUXILIARIES - {"be", "have"}


def _leads_to_infinitive(row: Sequence[Chunk], index: int) -> bool:
    """Whether `to` comes behind a word like `intend`, or another such word does."""
    index += 1
    while index < len(row) and (_inside_group(row[index]) or row[index].low in ("be", "for", "it", "forward")):
        index += 1
    return index < len(row) and (row[index].low == "to" or row[index].low in lexicon.CONTROLS)


def _inside_group(chunk: Chunk) -> bool:
    if chunk.kind in ("time", "place", "aside"):
        return True
    return (
        chunk.text == ","
        or chunk.low in lexicon.ADVERBS
        or (chunk.low.endswith("ly") and chunk.low not in ("july", "family", "reply", "supply"))
    )


def subject_word(row: Sequence[Chunk], start: int) -> str:
    """The word a verb group follows, adverbs and times left out; empty at the sentence's beginning."""
    index = start - 1
    while index >= 0 and _inside_group(row[index]):
        index -= 1
    return row[index].low if index >= 0 else ""


def _joined(row: Sequence[Chunk], start: int, at: int, form: Form, before: Act | None) -> Act | None:
    """The act that this verb goes on with: `will be issued and placed`, `am publishing it and placing a copy`.

    Where the verb before was none of publishing (`was agreed on Monday and laid`) its auxiliaries are read again.
    """
    index = at - 1
    while index >= 0 and _inside_group(row[index]) and row[index].text != ",":
        index -= 1
    if index < 0 or start != at or row[index].low not in ("and", "or", ","):
        return None
    if before is not None and (before.form == form or (form == "past" and before.voice == "passive")):
        return before
    if form == "plain" and before is None and row[index].low == "and":
        modal = [word for word in _auxiliaries_before(row, index) if word in lexicon.MODALS_YES]
        if not modal:
            return None
        voice, tense, standing, marked = judge(modal, "plain", _FORMS["publish"][0], "")
        return Act(_FORMS["publish"][0], form, start, at, at + 1, voice, tense, standing, marked)
    if form != "past" or row[index].low == ",":
        return None
    group = _auxiliaries_before(row, index)
    if not group or (not set(group) & lexicon.BE and "have" not in group):
        return None
    voice, tense, standing, marked = judge(group, "past", _FORMS["publish"][0], "")
    return Act(_FORMS["publish"][0], form, start, at, at + 1, voice, tense, standing, marked)


def _auxiliaries_before(row: Sequence[Chunk], index: int) -> list[str]:
    """The auxiliaries of the last verb before a place, within its clause."""
    while index > 0 and row[index].low not in AUXILIARIES:
        if row[index].text in ";:":
            return []
        index -= 1
    found: list[str] = []
    while index >= 0 and (row[index].low in AUXILIARIES or _inside_group(row[index])):
        found.insert(0, row[index].low)
        index -= 1
    return [word for word in found if word in AUXILIARIES]


def lows(row: Sequence[Chunk], start: int, end: int) -> list[str]:
    """The words of a stretch in lower case; marks and phrases left out."""
    return [chunk.low for chunk in row[start:end] if chunk.kind == "word"]


def finite_verbs(row: Sequence[Chunk], start: int, end: int) -> Iterator[int]:
    """Where a clause's verbs stand: auxiliaries, and the speaker's own verbs (`I expect`)."""
    for index in range(start, end):
        low = row[index].low
        said = (
            low in lexicon.SPEECH
            and index > 0
            and row[index - 1].low in (*lexicon.EVERYONE, "it", "they", "who", "which")
        )
        if row[index].kind == "word" and (low in AUXILIARIES or said):
            yield index
