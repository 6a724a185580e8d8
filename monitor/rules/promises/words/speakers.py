"""Whose document it is: Ministers, departments and public bodies count; everybody else's promises are not ours to keep."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from monitor.rules.departments import department_key, parent_keys
from monitor.rules.promises.words.bodies import BODIES, FOREIGN, INITIALS, OTHERS, OUR_OFFICES, OURS, PEOPLE

_HUNG = re.compile(
    r"\s+(?:of|for|on|to|in|at|with|from|by|who|which|that|named|concerned|involved|themselves|itself|overseas|abroad|elsewhere)\b"
)
_BESIDE = re.compile(r"\s+(?:to|with|from)\s")
"""Behind one of these stands somebody else: `our Ambassador to | the United Nations`."""
_ONE_OF = re.compile(
    r"^(?:the\s+)?(?:one|two|three|four|each|either|both|some|several|many|most|all|few|half|rest|majority|larger|largest|smaller"
    r"|smallest|first|second|third|last|latter|former|biggest|other|others|number)\s+of\s+(?=(?:the|these|those|our|its|their)\b)",
    re.IGNORECASE,
)
"""Before those among whom somebody is: `the larger of | the two unions`."""
_HIRED = re.compile(
    r"(?P<whose>(?:[Tt]he\s+)?[\w-]+(?:\s+[\w-]+){0,3})['\u2019]s?\s+(?:[a-z]+\s+)?(?:auditors?|lawyers|solicitors|accountants|advisers"
    r"|surveyors|agents|consultants|administrators|liquidators|directors|trustees|owners|managers|shareholders|creditors|secretariat)"
    r"|(?:[Tt]he\s+)?(?:board|chair|chairman|secretariat|trustees|directors|owners|auditors|governors)\s+of\s+(?P<of>(?:the|a|an)\s.+)"
)
"""Who acts for somebody else, and has the standing of that: `the firm's auditors`, `the board of the trust`."""
_JOINT = re.compile(r",?\s+and\s+(?=(?:the|The|a|an|my|our|its|his|her|their|I|we)\b)")
"""Between two who act together."""
_LONE = re.compile(
    r"(?!The|Of|Government|Parliament|Treasury|Defra|Acas|Cafcass|Sellafield|Whitehall|Britain|England|Majesty|House|Crown|Child|People|Women|General|Monitor)[A-Z][a-z]{3,}(?:-[A-Z]\w+)?(?<!ers)"
    r"(?<!als)(?<!ors)(?<!ians)(?<!ists)(?<!ments)"
)
"""One name by itself, as a country's or a company's: `Mauritius`, `Norway`; but not a plural, as `Ministers`."""
_UNNAMED = re.compile(r"\b(?:the|The)\s+(Commission|Council|Committee)\b(?!\s+[a-z]*\s*[Tt]ax|\s+(?:for|on)\b)")
"""By itself that of the European Union, unless the statement has named another."""
_INTRODUCED = re.compile(
    r"\b((?:[A-Z][\w'\u2019-]*|and|for|of|the|on)\s+)+?(?:Commission|Council|Committee|Operator)\b"
    r"|\b(?:[Ii]ndependent|[Rr]oyal)\s+commission(?=\s+(?:on|into|of)\b)"
)
_BODY = re.compile(
    (
        r"^(?:the\s+)?((?:Office|Environment|Care|Ofcom|Ofgem|Ofsted|Ofwat|Ofqual|Bank|Financial"
        r"|Health|National|UK|NHS|Natural|Homes|Competition|Climate|Migration|Low|Law|Independent|His"
        r"|Her|HM|Office|Standing|Food|Civil|Information|Criminal|Crown|Equality|Electoral|Advisory"
        r"|Committee|Planning|Prudential|Pensions|Regulator|Rail|Maritime|Marine|Forestry|Met|Ordnance"
        r"|Social|Charity|Intelligence|Inspectorate|Commission|Agency|Authority|Inquiry"
        r"|Chief)\b[\w\s,&'\u2019-]*)$"
    ),
    re.IGNORECASE,
)
_STAFFED = frozenset(
    "review inquiry panel taskforce department ministry regulator inspectorate agency government".split()
)
"""Bodies of ours that have a secretariat, partners or members."""
_POSSESSOR = re.compile(r"((?:[\w-]+\s+){0,5}?[\w-]+)(?:['\u2019]s|s['\u2019])\s")


def introduced(text: str) -> frozenset[str]:
    """The nouns by which a text may go on to call public bodies it has named in full: `Commission` after the Forestry's."""
    found = (_behind_the(hit.group()) for hit in _INTRODUCED.finditer(text))
    return frozenset(
        name.split()[-1].capitalize() for name in found if not _UNNAMED.fullmatch(name) and not is_outsider(name)
    )


def _behind_the(words: str) -> str:
    """`In Brussels the Commission` has introduced no more than `the Commission`."""
    _, the, name = words.rpartition(" the ")
    return f"{the.strip()} {name}".strip()


def is_outsider(words: str, named: Collection[str] = ()) -> bool:
    """Whether these words name someone whose publications are not a Minister's, a department's or a UK public body's.

    Of several who act together all must be. `named` are the nouns of bodies that the statement has introduced.
    """
    members = [member for member in _JOINT.split(words.strip()) if member]
    return bool(members) and all(_is_outside(member, named) for member in members)


def _is_outside(words: str, named: Collection[str]) -> bool:
    if department_key(words) is not None or parent_keys(words):
        return False
    alone = _ONE_OF.sub("", _BESIDE.split(words, maxsplit=1)[0])
    whose = _HIRED.fullmatch(alone.strip())
    if whose is not None:
        return _is_outside(whose["whose"] or whose["of"], named)
    if _is_foreign(_HUNG.split(alone.strip(), maxsplit=1)[0].split()):
        return True
    rest = OURS.sub(" ", alone)
    short = _UNNAMED.search(rest)
    if OTHERS.search(rest) is not None or (short is not None and short[1] not in named):
        return True
    head = _HUNG.split(rest.strip(), maxsplit=1)[0].split()
    if _is_kind_named(head) or _is_each_of_many(head):
        return True
    if not head or _acts_for_ours(head) or (head[-1] in named and head[-1].lower() in PEOPLE):
        return False
    return head[-1].lower() in PEOPLE or all(_LONE.fullmatch(one) for one in rest.split(" and "))


def _is_kind_named(head: Sequence[str]) -> bool:
    """Whether a name stands behind the noun for what it names: `the charity Shelter`, `a retailer, Boots`."""
    kind = [word.strip(",") for word in head[1:2]]
    return len(head) > 2 and kind[0].islower() and kind[0] in PEOPLE and head[2][:1].isupper()


def _is_each_of_many(head: Sequence[str]) -> bool:
    """Whether each of many acts for itself: `each area`, `every town`."""
    return len(head) > 1 and head[0].lower() in ("each", "every") and _many(head[-1].lower()) in PEOPLE


def _many(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def _acts_for_ours(head: Sequence[str]) -> bool:
    """Whether somebody works for a body of ours, whatever the noun: `the review's secretariat`."""
    whose = (word.lower()[:-2] for word in head[:-1] if word.endswith(("'s", "\u2019s")))
    return any(word in _STAFFED for word in whose)


def _is_foreign(head: Sequence[str]) -> bool:
    """Whether a body is a state's, by an adjective or a genitive: `the Norwegian directorate`, `France's inspectors`."""
    low = [word.lower() for word in head]
    if " ".join(low[-2:]) in OUR_OFFICES or not {"uk", "british"}.isdisjoint(low):
        return False
    whose = next((word[:-2] for word in head[:-1] if word.endswith(("'s", "\u2019s"))), "")
    whose = "" if whose.lower() in BODIES else whose
    return not (FOREIGN.isdisjoint(low[:-1]) and INITIALS.isdisjoint(head[:-1])) or _LONE.fullmatch(whose) is not None


def is_body(words: str) -> bool:
    """Whether somebody who can act is named, whosever it is: by a proper name, or as a body or an office."""
    head = _HUNG.split(words.strip(), maxsplit=1)[0].split()
    named = head[1:] and head[-1][:1].isupper()
    return bool(named) or any(word.lower() in BODIES for word in head) or is_outsider(words)


def public_body(words: str) -> str | None:
    """The name of a public body that publishes in its own name, as the text gives it; None for the Minister or Government."""
    found = _BODY.match(words.strip())
    return found[1].strip() if found else None


def owner(name: str) -> str | None:
    """Who a document belongs to by its name: `the Agency's report` gives `the Agency`."""
    found = _POSSESSOR.match(name)
    return found[1] if found else None
