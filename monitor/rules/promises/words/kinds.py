"""What kind of document a name or a title speaks of, and which kinds may stand for one another."""

from __future__ import annotations

import re

_BY_WORDS: tuple[tuple[str, str], ...] = (
    ("terms of reference", r"terms of reference"),
    ("assessment of effects", (r"(?:impact|equality|equalities|regulatory|environmental|sustainability"
r"|economic) (?:impact )?(?:assessment|analysis|appraisal|statement|notes?)|impact notes?"
r"|appraisal of sustainability")),
    ("easy read", (r"easy[- ]read|large print|british sign language|\bbsl\b|welsh language version"
r"|young people'?s version|plain english")),
    ("minutes", (r"\bnotes? of (?:(?:a|the) )?(?:meetings?|roundtables?|discussions?)\b|\bmeeting notes?\b"
r"|\bmeetings with\b|\bminutes of (?:(?:a|the) )?meetings?\b|\broundtables?\b")),
    ("slides", r"\bslides\b|\bwebinars?\b|\bposters?\b|\bleaflets?\b"),
    ("explanatory", r"explanatory (?:memorandum|notes?|documents?)"),
    ("call for evidence", r"calls? for (?:evidence|views|input)"),
    ("response", (r"\b(?:response|reply|answer)s? to\b|(?:government|joint|departmental|interim|initial|full"
r"|final|formal) (?:response|reply|answer)|summary of (?:responses|replies)|\b(?:responses?"
r"|reply|replies)\b|consultation outcome|\btreasury minutes?\b")),
    ("consultation", r"\bconsultation\b|have your say"),
    ("letter", r"\bletters?\b|\bcorrespondence\b|exchange of letters"),
    ("accounts", r"annual report and (?:resource )?accounts|\baccounts\b"),
    ("statistics", (r"\bstatistics\b|\bstatistical\b|\bestimates\b|\bdata (?:tables?|release)\b|quarterly data"
r"|annual data")),
    ("factsheet", r"fact ?sheets?"),
    ("executive summary", (r"executive summary|\bsummar(?:y|ies)\b(?! of)|\bat a glance\b"
r"|\bsummary of (?:the )?(?:report|review|strategy|plan|findings|recommendations)\b")),
    ("annex", (r"\bannex(?:es)?\b|\bappendi(?:x|ces)\b|technical (?:annex|note|report)"
r"|supporting (?:documents?|evidence|analysis)")),
    ("methodology", r"\bmethodolog(?:y|ies)\b"),
    ("evidence", r"written evidence|submission to"),
    ("remit", r"remit letter|\bremit\b"),
    ("code", r"codes? of practice|\bcode\b"),
    ("guidance", r"\bguidance\b|\bguide(?:lines)?\b|\bmanual\b|\bhandbook\b|\btoolkit\b"),
    ("prospectus", r"\bprospectus\b"),
    ("statement of changes", r"statement of changes"),
    ("treaty", r"\btreaty\b|\bagreement\b|\bconvention\b|memorandum of understanding"),
    ("evaluation", r"\bevaluation\b"),
    ("progress", r"progress (?:report|update|note)"),
    ("report", (r"\breports?\b|\breviews?\b|\binquiry\b|\bfindings\b|\bresearch\b|\bstudy\b|\bsurvey\b|\bstocktake\b"
r"|\brecommendations\b|\brecommends\b|\baccount of\b|\blessons\b|\blearned\b|\b(?:year|years) on\b")),
    ("plan", (r"white paper|green paper|command paper|\bstrategy\b|\bplan\b|\broad ?map\b|\bframework\b"
r"|\bcharter\b|policy statement|\bvision\b|\bpathway\b|\bblueprint\b|\bagenda\b|\bpriorities\b")),
    ("list", (r"\b(?:list|register|table|schedule|map|timetable|minutes|figures|criteria|allocations"
r"|classifications|results|milestones|recipients|winners)\b|\bnames of\b|\b(?:successful|participating|selected) \w+")),
)  # fmt: skip
_BY_TYPE = {
    "open_consultation": "consultation", "closed_consultation": "consultation", "consultation": "consultation",
    "consultation_outcome": "response", "open_call_for_evidence": "call for evidence",
    "closed_call_for_evidence": "call for evidence", "call_for_evidence": "call for evidence",
    "call_for_evidence_outcome": "response", "impact_assessment": "assessment of effects", "correspondence": "letter",
    "official_statistics": "statistics", "national_statistics": "statistics", "statistics": "statistics",
    "statistical_data_set": "statistics", "independent_report": "report", "research": "report",
    "international_treaty": "treaty", "guidance": "guidance", "statutory_guidance": "guidance",
    "detailed_guide": "guidance", "manual": "guidance",
}  # fmt: skip
_USUAL = {
    "policy_paper": "plan response code report list treaty prospectus statement_of_changes",
    "corporate_report": "report accounts plan progress evaluation", "transparency": "list statistics",
    "notice": "terms_of_reference list statement_of_changes treaty", "independent_report": "report evaluation progress",
    "research": "report evaluation annex methodology", "impact_assessment": "assessment_of_effects",
    "guidance": "guidance code list prospectus factsheet terms_of_reference", "statutory_guidance": "guidance code",
    "detailed_guide": "guidance code", "manual": "guidance", "regulation": "guidance code",
    "official_statistics": "statistics list", "national_statistics": "statistics list", "statistics": "statistics list",
    "statistical_data_set": "statistics list", "correspondence": "letter remit", "decision": "list letter",
    "consultation_outcome": "response", "call_for_evidence_outcome": "response",
    "international_treaty": "treaty explanatory",
    "open_consultation": "consultation", "closed_consultation": "consultation", "consultation": "consultation",
    "open_call_for_evidence": "call_for_evidence", "closed_call_for_evidence": "call_for_evidence",
    "call_for_evidence": "call_for_evidence",
}  # fmt: skip
"""What is usually published as a document type; a space within a kind is an underscore here."""
_PROPOSING = re.compile(r"green paper|draft|proposals|options", re.IGNORECASE)
_PROPOSED = frozenset(("plan", "code", "guidance"))
NEWS = frozenset(("press_release news_story news_article speech written_statement oral_statement"
" government_response world_news_story authored_article fatality_notice case_study"
" statement_to_parliament statistics_announcement national_statistics_announcement"
" official_statistics_announcement blog_post take_part topical_event finder organisation"
" person topic foi_release").split())  # fmt: skip
"""Types that speak of a document and never are it."""
SIDE = frozenset(
    {
        "terms of reference",
        "assessment of effects",
        "easy read",
        "explanatory",
        "factsheet",
        "executive summary",
        "annex",
        "methodology",
        "letter",
        "remit",
        "evidence",
        "progress",
        "minutes",
        "slides",
    }
)
"""Kinds that stand beside a main document: they are it only where the promise names them too."""
BELONGING = SIDE | {"response", "call for evidence", "consultation"}
"""Kinds of what comes with another document, or after it."""
_KIN = tuple(
    frozenset(kin.split(" | "))
    for kin in (
        "consultation | call for evidence | plan | code | guidance",
        "plan | report | code",
        "report | evaluation | accounts",
        "code | guidance",
        "list | statistics | guidance | prospectus",
        "list | report",
        "plan | prospectus | guidance",
        "treaty | plan",
        "evaluation | statistics",
    )
)


def kinds_of(words: str) -> frozenset[str]:
    """Every kind of document that these words speak of."""
    low = words.lower().replace("\u2019", "'")
    return frozenset(kind for kind, pattern in _BY_WORDS if re.search(pattern, low))


def without_kinds(words: str) -> str:
    """What is left of a name when all that says of what kind it is has been taken away."""
    low = words.lower().replace("\u2019", "'")
    for _, pattern in _BY_WORDS:
        low = re.sub(pattern, " ", low)
    return low


def main_kind(words: str) -> str | None:
    """What a document called so is: a response to a consultation is a response, an assessment of a plan no plan.

    Behind a colon a title may say that it only belongs to what it names: `Sitting days review: initial government response`.
    """
    low = re.sub(r"summary of (?:the )?(?:responses|replies)", "responses", words.lower().replace("\u2019", "'"))
    _, colon, tail = low.rpartition(":")
    hanging = _kind_in(tail) if colon else None
    return hanging if hanging in BELONGING else _kind_in(low)


def _kind_in(low: str) -> str | None:
    hung = re.split(r"\b(?:of|on|for|to|into|from|by|in)\b", low, maxsplit=1)[0]
    for text in (hung, low):
        for kind, pattern in _BY_WORDS:
            if re.search(
                pattern,
                text
                if kind in ("consultation", "report", "plan", "list", "guidance", "code")
                else low
                if text is low
                else hung,
            ):
                return kind
    return None


def type_kind(document_type: str) -> str | None:
    """The kind that a publisher's document type stands for, where it stands for one."""
    return _BY_TYPE.get(document_type)


def akin(one: str, other: str) -> bool:
    """Whether a document promised as the one kind may be published as the other."""
    return one == other or any(one in kin and other in kin for kin in _KIN)


def is_usual(kind: str, document_type: str, words: str = "") -> bool | None:
    """Whether a kind of document is usually published as a type; None for a type that says nothing.

    A plan comes as a consultation where the promise, or what it says of itself, are `words` of proposals.
    """
    usual = _USUAL.get(document_type)
    if usual is None:
        return None
    proposes = usual == "consultation" and kind in _PROPOSED and _PROPOSING.search(words) is not None
    return proposes or kind.replace(" ", "_") in usual.split()
