"""What a sentence says is done to documents: every publishing verb with its tense, voice and standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.model.promise import Tense
from monitor.rules.promises.acts.groups import group_start, inside_group, subject_word
from monitor.rules.promises.nouns.bounds import head_from
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.words import lexicon, publishing
from monitor.rules.promises.words.forms import FORMS, TWINS
from monitor.rules.promises.words.publishing import Verb
from monitor.rules.promises.words.tenses import AUXILIARIES, Form, Voice, judge

_ALL = frozenset("all everyone everybody anyone anybody public world country nation citizen".split())
_HOSTS = frozenset("it them these both".split())
"""What a document joins that comes out beside another: `a Welsh edition joins it`."""
_COMPANY = frozenset("with together along alongside including and plus".split())
_COUNTING = frozenset("all both each".split())
"""Between an auxiliary and its verb: `are all published`."""
_FOUND = frozenset("had got obtained read seen found consulted accessed viewed".split())


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
    verb, form = FORMS.get(row[at].low, (None, None))
    if verb is None or form is None or not _is_verb(row, at, verb):
        return None
    start = at if form == "third" else group_start(row, at)
    group = [chunk.low for chunk in row[start:at] if chunk.kind == "word"]
    if row[at].low in TWINS:
        form = _form_of_twins(group)
        if not group and before is not None and before.form == "plain" and row[at - 1].low in ("and", "or"):
            form = "plain"
    if form == "plain" and not group and not (_many(subject_word(row, start)) or _is_many_with(row, start)):
        return None
    if form in ("past", "plain", "ing", "third") and not (set(group) & AUXILIARIES) and "to" not in group:
        joined = _joined(row, start, at, form, before)
        if joined is not None:
            return replace(joined, verb=verb, form=form, start=start, at=at, end=_after(row, at, verb), joined=True)
    meant, form = _meant(row, at, verb), "third" if verb.name == "witness" and form == "past" else form
    voice, tense, standing, marked = judge(group, form, meant, subject_word(row, start))
    end = at + 3 if meant.name == "launch" != verb.name else _after(row, at, verb)
    return Act(meant, form, start, at, end, voice, tense, standing, marked)


_FAR = 12
_PLANNERS = frozenset("i we they to and".split())
"""Before `plan` where it is a verb and no noun."""


def _before_house(row: Sequence[Chunk], at: int) -> bool:
    """`bring before the House`, `come before Parliament`."""
    return at < len(row) and row[at].place == "laid" and row[at].low.startswith("before")


def _goes_with(row: Sequence[Chunk], at: int) -> bool:
    """`with it`, `alongside the strategy`: what a document comes out with."""
    if at + 1 >= len(row) or row[at].low.split()[0] not in ("with", "alongside"):
        return False
    if row[at].kind == "time":
        return True
    return row[at + 1].low in lexicon.PRONOUNS or head_from(row, at + 1, len(row)) in lexicon.DOCUMENTS


def _meant(row: Sequence[Chunk], at: int, verb: Verb) -> Verb:
    """What a verb amounts to by the words behind it: `put out`, `put off`, `come forward with`, `go with it`."""
    behind = [chunk.low for chunk in row[at + 1 : at + 3]]
    if verb.name == "come" and behind in (["forward", "with"], ["out", "with"]):
        told = behind[0] == "forward" or head_from(row, at + 3, len(row)) in lexicon.DOCUMENTS
        return FORMS["launch"][0] if told else verb
    if verb.name == "add" and (behind[:1] == ["to"] and behind[1:] and behind[1] in lexicon.PRONOUNS):
        return replace(verb, need="document")
    if verb.name == "join" and behind[:1] and behind[0] in _HOSTS:
        return FORMS["accompany"][0]
    if verb.name in ("go", "come") and _goes_with(row, at + 1):
        return FORMS["accompany"][0]
    if _before_house(row, at + 1) and verb.name in ("bring", "set", "place", "put", "come"):
        return replace(FORMS["appear"][0], name="present") if verb.name == "come" else FORMS["present"][0]
    if verb.name in ("put", "send", "bring", "come") and behind[:1] == ["out"]:
        return replace(verb, need="laying")
    if verb.name == "put" and behind[:1] in (["back"], ["off"]):
        return replace(verb, need="publication", of_subject=True)
    if verb.need == "placed" and any(
        row[index].low == "domain" or opened_to_all(row, index) for index in range(at + 1, min(at + 12, len(row)))
    ):
        return replace(verb, need="any")
    return verb


def opened_to_all(row: Sequence[Chunk], at: int) -> bool:
    """Whether `to all`, `before the public` stands here: what goes to everybody is published."""
    if at + 1 >= len(row) or row[at].low not in ("to", "before"):
        return False
    noun = at + 1 + (row[at + 1].low in ("the", "every"))
    noun += noun < len(row) and row[noun].low in ("general", "whole", "wider")
    last = noun + 1 >= len(row) or row[noun + 1].kind != "word" or row[noun + 1].low in lexicon.CONJUNCTIONS
    return noun < len(row) and row[noun].low in _ALL and last


def _many(subject: str) -> bool:
    """Whether a subject takes a plain verb: `I lay`, `the tables show`; `a statistical release` holds no verb."""
    return subject in ("i", "we", "they", "you", "and", "") or subject.endswith("s")


def _is_many_with(row: Sequence[Chunk], start: int) -> bool:
    """Whether a subject in the plural has its company between commas: `the bids, together with the marks, | go`."""
    comma = next((at for at in range(1, start) if row[at].text == ","), start)
    closed = comma < start - 1 and row[start - 1].text == ","
    return closed and row[comma - 1].low.endswith("s") and row[comma + 1].low in _COMPANY


def _is_verb(row: Sequence[Chunk], at: int, verb: Verb) -> bool:
    """Whether the word is the verb here, and not a noun (`a report issue`), a part of a name or another sense."""
    low, before = row[at].low, row[at - 1].low if at else ""
    if at and row[at].is_name and row[at - 1].kind == "word" and row[at].text[1:].islower():
        return False
    if verb.name == "be followed":
        return before in lexicon.BE and any(chunk.low == "by" for chunk in row[at + 1 : at + _FAR])
    if low in _FOUND and verb.need == "place":
        return _is_finding(row, at, verb)
    if verb.need == "publication":
        if low in lexicon.DOCUMENTS and before not in _PLANNERS and before not in AUXILIARIES:
            return False
        return any(chunk.low == "publication" for chunk in row[:at]) and at + 1 < len(row) and row[at + 1].low != "to"
    if verb.name in ("announce", "mark", "witness"):
        return any(chunk.low in lexicon.PUBLISHING_NOUNS for chunk in row[at + 1 : at + 4])
    if _has_other_sense(row, at, verb):
        return False
    counted = before in _COUNTING and at > 1 and row[at - 2].low in AUXILIARIES
    if low == verb.past[0] if verb.past else False:
        return counted or before not in lexicon.DETERMINERS
    gladly = before == "in" and at > 1 and row[at - 2].low == "pleasure"
    free = before not in lexicon.PREPOSITIONS - {"to"} or gladly
    return before not in lexicon.DETERMINERS and free and not before.endswith("'s")


def _is_finding(row: Sequence[Chunk], at: int, verb: Verb) -> bool:
    """Whether a reader finds something here: `may be seen`, `will be able to read`; not `was consulted on`."""
    low, before = row[at].low, row[at - 1].low if at else ""
    if low == "consulted" and at + 1 < len(row) and row[at + 1].low == "on":
        return False
    if low == verb.plain and (before in ("can", "may", "will", "should") or (before == "to" and _able(row, at))):
        return True
    return before in lexicon.BE or (at > 1 and before in lexicon.ADVERBS and row[at - 2].low in lexicon.BE)


def _has_other_sense(row: Sequence[Chunk], at: int, verb: Verb) -> bool:
    """`see to it`, `go to`, and `bring` or `come` without the word that makes publishing of them."""
    behind = row[at + 1] if at + 1 < len(row) else None
    if verb.name == "join" and behind is not None and behind.low in _HOSTS:
        return False
    if verb.name in publishing.PUT_SOMEWHERE and not any(chunk.place for chunk in row[at + 1 :]):
        return True
    if verb.name == "appear" and behind is not None:
        return behind.low in ("to", "that", "as")
    if verb.name in ("see", "go") and behind is not None:
        return behind.low in (("to", "that", "fit", "no", "how", "what") if verb.name == "see" else ("to",))
    shaped = [chunk.low for chunk in row[at + 1 : at + 4]] in (["in", "the", "form"], ["in", "the", "shape"])
    later = row[at + 2] if at + 2 < len(row) and row[at + 1].text == "," else behind
    timed = verb.name == "come" and later is not None and (later.kind == "time" or shaped or _goes_with(row, at + 1))
    if behind is not None and behind.low in ("it", "them") and at + 2 < len(row):
        behind = row[at + 2]
    particles = publishing.PARTICLES.get(verb.name)
    timed = timed or _before_house(row, at + 1)
    return particles is not None and not timed and (behind is None or behind.low not in particles)


def _able(row: Sequence[Chunk], at: int) -> bool:
    return at > 1 and row[at - 2].low == "able"


def _form_of_twins(group: Sequence[str]) -> Form:
    """Which form `put`, `read` or `set` is in: plain after `will` or `to`, else past."""
    if group and (group[-1] == "to" or group[-1] in lexicon.MODALS_YES | lexicon.MODALS_NO):
        return "plain"
    if any(word in lexicon.BE or word in lexicon.HAVE for word in group):
        return "past"
    return "plain" if group else "past"


def _after(row: Sequence[Chunk], at: int, verb: Verb) -> int:
    particles = publishing.PARTICLES.get(verb.name, ())
    return at + 2 if at + 1 < len(row) and row[at + 1].low in particles else at + 1


def _joined(row: Sequence[Chunk], start: int, at: int, form: Form, before: Act | None) -> Act | None:
    """The act that this verb goes on with: `will be issued and placed`, `am publishing it and placing a copy`.

    Where the verb before was none of publishing (`was agreed on Monday and laid`) its auxiliaries are read again.
    """
    index = at - 1
    while index >= 0 and inside_group(row[index]) and row[index].text != ",":
        index -= 1
    if index < 0 or start != at or row[index].low not in ("and", "or", ","):
        return None
    own = before is None or any(chunk.low in AUXILIARIES for chunk in row[before.end : index])
    if before is not None and not own and (before.form == form or (form == "past" and before.voice == "passive")):
        return before
    if form == "plain" and own and row[index].low == "and":
        modal = [word for word in auxiliaries_before(row, index) if word in lexicon.MODALS_YES]
        if not modal:
            return None
        voice, tense, standing, marked = judge(modal, "plain", FORMS["publish"][0], "")
        return Act(FORMS["publish"][0], form, start, at, at + 1, voice, tense, standing, marked)
    if form != "past" or row[index].low == ",":
        return None
    group = auxiliaries_before(row, index)
    if not group or (not set(group) & lexicon.BE and "have" not in group):
        return None
    voice, tense, standing, marked = judge(group, "past", FORMS["publish"][0], "")
    return Act(FORMS["publish"][0], form, start, at, at + 1, voice, tense, standing, marked)


def auxiliaries_before(row: Sequence[Chunk], index: int) -> list[str]:
    """The auxiliaries of the last verb before a place, within its clause."""
    while index > 0 and row[index].low not in AUXILIARIES:
        if row[index].text in ";:":
            return []
        index -= 1
    found: list[str] = []
    while index >= 0 and (row[index].low in AUXILIARIES or inside_group(row[index])):
        found.insert(0, row[index].low)
        index -= 1
    return [word for word in found if word in AUXILIARIES]
