"""Which words of a sentence are verbs of a clause, whatever they say: a subject stands before one, and no name runs over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.tenses import AUXILIARIES

_JOINS = lexicon.CONJUNCTIONS | frozenset("while whereas as when".split())
_SPEAKERS = frozenset("i we he she they you it who".split())
"""Pronouns that are only ever subjects, and so have their verb behind them."""
_PAST = frozenset(
    """
    went came became began gave took saw knew grew drew threw flew rose fell wrote spoke broke chose drove froze
    forgot shook stole wore withdrew undertook overtook ran sang sank rang swam bore tore did sought fought
    """.split()
)
"""Past forms that are no participle: verbs wherever they stand."""
_SOME = frozenset("both all each these those".split())
"""Who or what is spoken of without a noun: `the replies to both | went`."""
_PAST_OR_PARTICIPLE = frozenset(
    """
    made held met sent told found brought kept left lost meant said paid built bought thought taught caught won
    heard led sold spent stood understood put set cut cost hit let read
    """.split()
)
_BY_ITSELF = frozenset(
    """
    opened closed started ended commenced concluded finished expired appeared arrived emerged happened occurred elapsed
    lapsed resumed adjourned reopened
    """.split()
)
"""Past forms of what things do by themselves: `the tracker opened at noon`."""
_NOUNS_IN_S = frozenset(
    """
    reports reviews plans details outlines statements details measures changes issues costs records covers
    notes lists charges forms works moves needs uses rates results terms views papers orders rules
    """.split()
)
"""Words in -s that are nouns more often than verbs."""
_PLAIN = frozenset(
    """
    bear rest deal go come lie turn depend rely begin end differ speak point refer relate amount apply belong follow
    say give make take contain describe explain deserve require remain concern touch tell owe come fall
    """.split()
)
"""Verbs behind a plural that can be no noun there: `the proposals rest on`."""
_VERBS_IN_S = frozenset(
    """
    sets shows finds contains includes describes explains examines makes provides considers responds recommends
    concludes identifies reflects builds commits confirms announces says becomes takes replaces supersedes runs
    gives looks deals draws applies rests asks explores assesses addresses sees meets supports accepts rejects
    recognises requires remains brings comes goes begins starts closes opens ends allows means needs sits stands
    follows depends continues tells helps leads believes expects hopes intends wishes aims seeks proposes falls
    relates rises returns adjourns resumes costs employs serves operates publishes issues lays
    sends receives delivers submits forwards writes knows thinks appears emerges arrives reaches joins accompanies awaits
    holds carries keeps puts gets hears reads speaks asserts argues suggests indicates observes adds finds thanks welcomes
    refuses declines agrees disagrees differs varies reduces grows confers confirms governs obliges requires entitles
    permits enables prevents protects deserves seems becomes happens occurs exists belongs consists comprises involves
    affects extends expires lapses ceases prepares proposes advises assures informs acknowledges wants likes hosts
    """.split()
)

_ONLY_VERBS = frozenset(
    """
    contains includes describes explains examines provides considers responds recommends concludes identifies reflects commits
    confirms announces says becomes gives applies explores assesses meets accepts rejects recognises requires remains brings
    comes goes begins allows depends continues tells believes expects intends seeks proposes relates adjourns resumes
    """.split()
)
"""Among them those that are never nouns, whatever stands before: `the report on dams | goes to the board`."""


def is_finite(row: Sequence[Chunk], at: int) -> bool:
    """Whether this word is a verb that has a subject: an auxiliary, or a full verb in the place of one."""
    chunk = row[at]
    if chunk.kind != "word":
        return False
    if chunk.low in AUXILIARIES:
        return True
    if at == 0 or (chunk.is_name and chunk.low != "i"):
        return False
    before = _before(row, at)
    if before is None:
        return False
    if chunk.low in _PAST and row[at - 1].low in _SOME:
        return True
    if before.low in _SPEAKERS:
        return _may_be_verb(row, at)
    if before.kind != "word" or before.low in lexicon.DETERMINERS or before.low in lexicon.PREPOSITIONS:
        return False
    return _is_finite_by_form(row, at, before)


def _before(row: Sequence[Chunk], at: int) -> Chunk | None:
    """The word that leads up to a place, adverbs left out."""
    index = at - 1
    while index >= 0 and (row[index].low in lexicon.ADVERBS or row[index].kind == "time"):
        index -= 1
    return row[index] if index >= 0 else None


def _may_be_verb(row: Sequence[Chunk], at: int) -> bool:
    """Behind `it` or `we`: any word but a little one, and no noun that a participle leads."""
    low = row[at].low
    if low in lexicon.PREPOSITIONS or low in lexicon.CONJUNCTIONS or low in lexicon.ADVERBS or low in lexicon.RELATIVES:
        return False
    return low not in lexicon.DETERMINERS and low not in lexicon.SUBORDINATORS and low not in ("not", "never")


def _is_finite_by_form(row: Sequence[Chunk], at: int, before: Chunk) -> bool:
    low = row[at].low
    follower = row[at + 1] if at + 1 < len(row) else None
    if low == "used" and follower is not None and follower.low == "to" and row[at - 1].low.endswith("s"):
        return any(chunk.low in ("be", "come", "have", "go", "appear") for chunk in row[at + 2 : at + 3])
    if low in _PAST or (low in _BY_ITSELF and _is_only_verb(row, at, before)):
        return True
    if before.low in AUXILIARIES or before.low in lexicon.CONJUNCTIONS or before.low.endswith("ly"):
        return False
    opens = follower is not None and (
        follower.low in lexicon.DETERMINERS or follower.low in ("that", "how", "what", "why", "them", "me", "us", "him")
    )
    if low in _PLAIN and before.low in lexicon.DOCUMENTS and before.low.endswith("s") and follower is not None:
        return follower.low in lexicon.PREPOSITIONS or follower.low in lexicon.ADVERBS or opens
    if opens and low.endswith("s") and not low.endswith(("ss", "us", "is")) and _acts(before, follower):
        return True
    if low in _VERBS_IN_S and (low in _ONLY_VERBS or not before.low.endswith("s")):
        return low not in _NOUNS_IN_S or opens
    return opens and (low in _PAST_OR_PARTICIPLE or (low.endswith("ed") and len(low) > 4))


def _is_only_verb(row: Sequence[Chunk], at: int, before: Chunk) -> bool:
    """Whether the clause has no other verb: `the tracker opened at noon will`, `I publish a list of sites closed` have one."""
    if before.low.endswith("ly"):
        return False
    joints = [index for index, chunk in enumerate(row) if chunk.kind == "mark" or chunk.low in _JOINS]
    start = max((index for index in joints if index < at), default=-1)
    stop = min((index for index in joints if index > at), default=len(row))
    return not any(one.low in AUXILIARIES or one.low in lexicon.EVERYONE for one in row[start + 1 : stop])


def _acts(before: Chunk, follower: Chunk | None) -> bool:
    """Whether a word in -s between these is a verb: `the inspector sends me`, `the appraisal answers that question`."""
    if before.low.endswith("s") or follower is None:
        return False
    named = before.is_name or before.low in lexicon.DOCUMENTS
    return follower.low in ("me", "us", "him", "them") or (named and follower.low in lexicon.DETERMINERS)


def finite_verbs(row: Sequence[Chunk], start: int, end: int) -> Iterator[int]:
    """Where the verbs of clauses stand between two places."""
    return (index for index in range(start, end) if is_finite(row, index))
