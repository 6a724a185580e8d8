"""Whether a noun phrase can be what an act promises: orders are placed and funds released too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.model.promise import Place
from monitor.rules.promises.acts.standing import is_deposited
from monitor.rules.promises.acts.verbs import Act
from monitor.rules.promises.nouns.bounds import head_from
from monitor.rules.promises.nouns.ellipsis import told_clause
from monitor.rules.promises.nouns.phrases import Phrase
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.times.due import Due
from monitor.rules.promises.words import lexicon, publishing

_EVERYBODY = frozenset(
    "world country everybody colleagues house parliament members public everyone anyone hon hon. peers people noble".split()
)
_PERSONS = frozenset("me us him her them ministers my secretary minister department government".split())
_PUT_SOMEWHERE = frozenset("add post upload deposit lodge share circulate".split())
"""Verbs of placing that need no place where there is a day."""
_TITLED = frozenset(
    """
    scheme programme campaign initiative fund service project pilot award awards brand network website app tour challenge
    competition exhibition conference hotline helpline portal platform trial event events
    """.split()
)
"""What a title may belong to behind which one of these stands: a new `Best Use of Search' scheme."""
_FOOTINGS = frozenset(("footing", "basis"))
"""What a thing is placed on that is put nowhere: `placing the scheme on a statutory footing`."""
_NEAR = 10
_LAID_OTHERWISE = frozenset("plans rules principles standards lines terms conditions".split())
"""What is laid, where the House is not named, as foundations are."""
_BEGUN = frozenset("review inquiry investigation audit survey study evaluation programme stocktake".split())
"""What is work where it is launched, and a document where it is published."""
_OWED = frozenset("responses replies returns submissions accounts comments bids".split())
_LOOKING = frozenset(
    "assessment analysis evaluation review study appraisal explanation list summary details account".split()
)
"""What may look at `any effects` there are."""
_RECURRING = frozenset("daily weekly fortnightly monthly quarterly annual yearly regular".split())
"""Before a plural without a day: what comes out again and again."""
_STRONG = lexicon.DOCUMENTS - lexicon.WEAK_DOCUMENTS
_ACTS_OF_LAW = frozenset(
    "contract agreement statement statements scheme programme rules terms record release call".split()
)
"""Weak nouns of what may come on a day and be no document; `an urgent advice`, `its decision` are one then."""


@dataclass(frozen=True, slots=True)
class _Worth:
    """What kind of thing a noun phrase names: any document, one that can be nothing else, a mere `it` or `a copy`."""

    document: bool
    strong: bool
    pronoun: bool
    consultation: bool
    published: bool


def _worth(row: Sequence[Chunk], phrase: Phrase) -> _Worth:
    words = [chunk.low for chunk in row[phrase.start : phrase.end]]
    pronoun = phrase.is_pronoun() or (len(words) == 1 and words[0] in lexicon.PRONOUNS)
    copies = any(word in lexicon.COPIES for word in words[:4])
    called = phrase.head in ("call", "calls") and any(word in lexicon.CALLED_FOR for word in words)
    published = "publication" in words[:4] and _counted(row, phrase) not in lexicon.NO_DOCUMENTS
    edited = any(word in lexicon.EDITIONS for word in words) or "policy" in words[:-1]
    another = phrase.head in ("one", "ones") and len(words) > 2
    document = phrase.is_document() or copies or pronoun or published or another
    plain = phrase.head not in lexicon.WEAK_DOCUMENTS
    named = any(chunk.is_name and chunk.low in _STRONG for chunk in row[phrase.start : phrase.end])
    strong = document and (
        phrase.title is not None or plain or copies or pronoun or called or edited or published or named
    )
    return _Worth(document, strong, pronoun, called or phrase.head.startswith("consultation"), published)


def fits(row: Sequence[Chunk], act: Act, phrase: Phrase, where: tuple[Place, ...], due: Due | None) -> bool:
    """Whether a noun phrase can be what such an act promises."""
    if (
        row[phrase.start].low in ("such", "any", "no", "every", "what", "theirs")
        and told_clause(row, phrase.start, phrase.end) is None
    ):
        return False
    if _is_no_document(row, phrase) and not _tells_details(row, act, phrase, due):
        return False
    if _is_other_doing(row, act, phrase) or _is_of_any(row, phrase):
        return False
    if (
        due is None
        and phrase.head.endswith("s")
        and any(chunk.low in _RECURRING for chunk in row[phrase.start : phrase.end])
        and row[phrase.start].low not in ("the", "this", "my")
    ):
        return False
    worth = _worth(row, phrase)
    shown = bool(set(where) & {"gov.uk", "web", "libraries"})
    dated = due is not None and due.sort in ("now", "span", "same")
    if act.verb.name in publishing.INTRANSITIVE:
        if _stays_open(row, act, due):
            return False
        opened = act.voice in ("passive", "reduced") and worth.strong and (dated or shown)
        return worth.consultation or worth.pronoun or opened
    if act.verb.need == "place":
        if act.verb.name in publishing.FINDING and act.voice == "active":
            return ((shown or dated) and worth.strong) or (shown and dated and worth.document)
        if _for_few(row, act) and not shown:
            return False
        made = act.verb.name == "make available" and act.tense in ("future", "present") and phrase.title is None
        return shown or (made and worth.strong and not worth.pronoun) or (dated and worth.strong and not worth.pronoun)
    fits: dict[publishing.Need, bool] = {
        "any": True,
        "document": worth.strong or (worth.document and (shown or _comes_out(row, act, phrase, dated))),
        "placed": shown
        or (dated and worth.strong and not worth.pronoun and act.verb.name in _PUT_SOMEWHERE)
        or ("laid" in where and worth.document)
        or (worth.strong and is_deposited(row, act)),
        "laying": worth.document,
        "publication": worth.published or (worth.document and row[act.start - 1].low == "publication"),
        "shown": shown and worth.document,
        "dated": dated and worth.strong and not _is_work(row, phrase),
    }
    return fits[act.verb.need]


def _is_work(row: Sequence[Chunk], phrase: Phrase) -> bool:
    """Whether what is due may be work, an answer that others owe, or a consultation: nothing that is published then."""
    owed = phrase.head in _OWED or phrase.head in lexicon.CONSULTATIONS
    words = [chunk.low for chunk in row[phrase.start : phrase.end]]
    to_us = any(one == "to" and two in _PERSONS for one, two in pairwise(words))
    return phrase.title is None and (phrase.head in _BEGUN or owed or to_us)


def _in_house(row: Sequence[Chunk]) -> bool:
    return any(chunk.place in ("laid", "libraries") for chunk in row)


def _stays_open(row: Sequence[Chunk], act: Act, due: Due | None) -> bool:
    """`will be open for comments until June`: it is open for so long, and when it opens is not said."""
    state = act.at > 0 and row[act.at - 1].low in lexicon.BE and act.verb.name == "open"
    return state and (due is None or due.text.lower().startswith("until"))


def _counted(row: Sequence[Chunk], phrase: Phrase) -> str:
    """What the publication is of: the noun behind `publication of`."""
    of = next((at for at in range(phrase.start, phrase.end - 1) if row[at].low == "publication"), phrase.start) + 1
    return head_from(row, of + 1, phrase.end) if of < phrase.end and row[of].low == "of" else ""


def _is_other_doing(row: Sequence[Chunk], act: Act, phrase: Phrase) -> bool:
    """Whether the verb means something else of this: `launch an inquiry`, `publish one`, `place it on a footing`."""
    if act.verb.name == "launch" and phrase.title is None and phrase.head in _BEGUN:
        return True
    if act.verb.name in ("place", "put") and any(chunk.low in _FOOTINGS for chunk in row[act.end : act.end + _NEAR]):
        return True
    if act.verb.name == "lay" and phrase.head in _LAID_OTHERWISE and not _in_house(row):
        return True
    posted = act.verb.name in ("issue", "send") and phrase.head == "letters"
    if posted and any(chunk.low == "to" for chunk in row[phrase.start : phrase.end]):
        return True
    alone = row[phrase.start].low == "one" and phrase.end == phrase.start + 1
    return (alone and act.voice == "active") or (act.verb.name == "present" and _to_persons(row, act, phrase))


def _is_of_any(row: Sequence[Chunk], phrase: Phrase) -> bool:
    """`the business case of any major project`: whichever it may be; `an assessment of any effects` is one document."""
    head = next((at for at in range(phrase.start, phrase.end - 2) if row[at].low == phrase.head), phrase.end)
    following = [chunk.low for chunk in row[head + 1 : head + 3]]
    return following in (["of", "any"], ["for", "any"], ["from", "any"]) and phrase.head not in _LOOKING


def _to_persons(row: Sequence[Chunk], act: Act, phrase: Phrase) -> bool:
    """`was presented to Ministers`, `will present her recommendations to me`: somebody is given it, not the House."""
    last = phrase.end if phrase.start >= act.end else act.end
    return any(
        row[at].low == "to" and (at == act.end or any(chunk.low in _PERSONS for chunk in row[at + 1 : at + 3]))
        for at in range(act.end, min(last + 1, len(row) - 1))
    )


def _comes_out(row: Sequence[Chunk], act: Act, phrase: Phrase, dated: bool) -> bool:
    """Whether what a weak noun names comes out as a document: on a day, or as the publisher's own figures."""
    own = act.verb.name == "release" and row[phrase.start].low in ("its", "their", "our") and phrase.head.endswith("s")
    return (dated or own) and phrase.head not in _ACTS_OF_LAW


def _tells_details(row: Sequence[Chunk], act: Act, phrase: Phrase, due: Due | None) -> bool:
    """`will publish details of the schemes in May`: what comes out on a day, of something that is named, is a document."""
    of = any(chunk.low == "of" for chunk in row[phrase.start : phrase.end])
    return (
        phrase.head == "details"
        and of
        and act.verb.name == "publish"
        and due is not None
        and due.sort in ("now", "span")
    )


def may_join(row: Sequence[Chunk], phrase: Phrase) -> bool:
    """Whether something that is named beside a document can be one: `the guidance and a form for use in court`."""
    led = row[phrase.start].low in lexicon.DETERMINERS or phrase.is_document()
    return led and not phrase.is_pronoun() and not _is_no_document(row, phrase)


def _for_few(row: Sequence[Chunk], act: Act) -> bool:
    """Whether it is made available to somebody only, and not to the House, to Members or to everyone."""
    at = act.end
    if act.verb.name != "make available" or at + 1 >= len(row) or row[at].low != "to" or row[at + 1].low == "all":
        return False
    few = next((index for index in range(at + 1, len(row)) if row[index].low not in lexicon.DETERMINERS), at)
    return row[few].low not in _EVERYBODY or (few + 1 < len(row) and row[few].low == "public" and row[few + 1].is_name)


def _is_no_document(row: Sequence[Chunk], phrase: Phrase) -> bool:
    words = [chunk.low for chunk in row[phrase.start : phrase.end]]
    if phrase.title is None and " ".join(words).endswith("of this statement"):
        return True
    if phrase.title is not None and phrase.title + 1 < len(row) and row[phrase.title + 1].low in _TITLED:
        return True
    if phrase.title is not None or any(word in lexicon.COPIES for word in words[:4]):
        return False
    if phrase.head.startswith("statement") and (
        words[0] == "this" or any(word in lexicon.REPORT_ONLY for word in words)
    ):
        return True
    return phrase.head in lexicon.NO_DOCUMENTS
