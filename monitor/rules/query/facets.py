"""Facets: what a publication must be. Which there are, how their values are written, and when one holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import lru_cache

from monitor.rules.documents import Facets
from monitor.rules.query.mistakes import Origin
from monitor.rules.query.tree import And, DateRange, Facet, Node, Not, Or
from monitor.text import squeeze, words

SameName = Callable[[str, str], bool]
"""Whether two names, as written by anybody, mean the same department."""

TEXT_FIELDS = ("title", "summary", "text")
FACETS = ("dept", "minister", "house", "type", "id", "status", "lang", "source")
FIELDS = (*TEXT_FIELDS, *FACETS, "date", "in")
"""Every name that may stand before a colon."""

_OTHER_NAMES = {
    "department": "dept", "organisation": "dept", "org": "dept", "body": "text", "content": "text", "headline": "title",
    "intitle": "title", "language": "lang", "from": "source", "site": "source", "publisher": "source", "since": "date",
    "before": "date", "after": "date", "uin": "id", "number": "id", "format": "type", "person": "minister",
}  # fmt: skip
_HOUSES = ("commons", "lords")
_STATUSES = ("live", "withdrawn", "gone", "moved")
_ALIASES: Mapping[str, Mapping[str, str]] = {
    "type": {"wms": "written statement", "statement": "written statement", "statements": "written statement"},
    "lang": {"english": "en", "welsh": "cy", "cymraeg": "cy"},
    "source": {"gov uk": "govuk", "www gov uk": "govuk", "uk parliament": "parliament"},
}


@lru_cache(maxsize=4_096)
def plain(name: str) -> str:
    """A name as it is compared: its words, folded, one space between."""
    return " ".join(words(name.replace("_", " "))[0])


def same_name(one: str, other: str) -> bool:
    """The narrowest SameName: the same words."""
    return plain(one) == plain(other)


def unknown_field(origin: Origin, name: str, at: int) -> Exception:
    """The error for a name that is no field, with the field that was probably meant."""
    close = _OTHER_NAMES.get(name) or next(iter(get_close_matches(name, FIELDS, n=1)), None)
    help = f"did you mean {close}:? " if close else ""
    listed = " ".join(f"{field}:" for field in FIELDS)
    return origin.mistake(
        at, f"there is no field {name}:", f"{help}the fields are {listed}; quote words that have a colon"
    )


def parse_facet(origin: Origin, name: str, value: str, at: int) -> Facet:
    """Check a facet's value, which begins at `at`, and make it ready to be compared. Raises QueryError."""
    if "*" in value:
        help = f"write one whole value, or several: ({name}:first OR {name}:second)"
        raise origin.mistake(at + value.index("*"), f"{name}: takes no *", help)
    plain_value = plain(value)
    if not plain_value:
        raise origin.mistake(
            at, f"{name}: has no letters or figures", f"write what it must be, as in {_EXAMPLES[name]}"
        )
    if name == "id":
        return Facet(name, squeeze(value).casefold())
    if name == "house":
        return Facet(name, _one_of(origin, name, plain_value.removeprefix("house of "), _HOUSES, at))
    if name == "status":
        return Facet(name, _one_of(origin, name, plain_value, _STATUSES, at))
    return Facet(name, _ALIASES.get(name, {}).get(plain_value, plain_value))


_EXAMPLES = {
    "dept": "dept:moj", "minister": "minister:smith", "house": "house:lords", "type": "type:policy_paper",
    "status": "status:withdrawn", "lang": "lang:cy", "source": "source:govuk", "id": "id:HCWS293",
}  # fmt: skip


def _one_of(origin: Origin, name: str, value: str, known: tuple[str, ...], at: int) -> str:
    if value in known:
        return value
    close = get_close_matches(value, known, n=1)
    help = f"did you mean {name}:{close[0]}?" if close else f"write one of {', '.join(known)}"
    raise origin.mistake(at, f"{name}: does not know {value}", help)


def settled_by_facets(node: Node, facets: Facets, same_department: SameName) -> bool | None:
    """Whether a clause holds whatever the words are; None where they have to be read."""
    if isinstance(node, Facet | DateRange):
        return facet_holds(node, facets, same_department)
    if isinstance(node, Not):
        inner = settled_by_facets(node.clause, facets, same_department)
        return None if inner is None else not inner
    if not isinstance(node, And | Or):
        return None
    found = [settled_by_facets(clause, facets, same_department) for clause in node.clauses]
    decisive = isinstance(node, Or)
    return decisive if decisive in found else None if None in found else not decisive


def facet_holds(facet: Facet | DateRange, facets: Facets, same_department: SameName) -> bool:
    """Whether a publication is what the clause asks for. One without the property never is."""
    if isinstance(facet, DateRange):
        day = facets.date
        return day is not None and (facet.since or day) <= day <= (facet.until or day)
    value = facet.value
    if facet.name == "dept":
        return bool(facets.department) and same_department(value, facets.department)
    if facet.name == "minister":
        return f" {value} " in f" {plain(facets.minister)} "
    if facet.name == "id":
        return any(value == id.casefold() for id in facets.ids)
    if facet.name == "lang":
        return plain(facets.language).split(" ")[:1] == value.split(" ")[:1]
    if facet.name == "source":
        return any(value == plain(source) for source in facets.sources)
    has = {"house": facets.house, "type": facets.type, "status": facets.status}[facet.name]
    return plain(has).removeprefix("house of ") == value
