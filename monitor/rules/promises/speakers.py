"""Whose document it is: Ministers, departments and public bodies count; everybody else's promises are not ours to keep."""

from __future__ import annotations

import re
from collections.abc import Collection

_OURS = re.compile(
    r"\b(?:(?!European|Union|Commons|Lords|The|This|That|Its|And|Our)[A-Z]\w+\s+(?:(?!European|Union|Commons)\w+\s+)?"
    r"Commission(?!\s+of\s+the)|Commission\s+(?:for|on)|System\s+Operator"
    r"|(?:Financial Reporting|Sentencing|Research|Medical Research|Arts|Design|Innovation"
    r"|Youth Justice|General (?!Affairs)\w+|Security|Health and Care Professions|Criminal Justice"
    r"|Engineering and \w+|Facilities|Funding|Civil Justice|Family Justice|British)\s+Council"
    r"|Advisory\s+(?:\w+\s+)?Committee|Committee\s+(?:on|for)\s+(?:Standards|Climate|Radioactive"
    r"|Toxicity|Fuel|Medical)|Climate\s+Change\s+Committee|Expert\s+Committee|Review\s+Committee"
    r"|(?:UK|British|H[MR]|Her\s+Majesty(?:'s|\u2019s)?|His\s+Majesty(?:'s|\u2019s)?"
    r"|United\s+Kingdom|Coalition|Central|four)\s+Governments?)\b"
)
_STATES = (
    r"(?:Scottish|Welsh|Irish|Jersey|Guernsey|Manx|devolved|Dutch|Swiss|Gibraltar|Greek|Iraqi|Czech|Thai|US|EU"
    r"|[A-Z]\w+(?:ish|ese|ian|ean|an|ench|wegian))"
)
_OTHERS = re.compile(
    r"\b(?:"
    + _STATES
    + r"\s+(?:and\s+\w+\s+)?(?:Governments?|administrations?|Ministers?|authorities|officials|side|Executive"
    r"|Assembly|Parliament|Commission|Council|presidency|Presidency)"
    r"|(?!The|This|Our|His|Her|Last|Previous|Labour|Conservative|Coalition|Local|All|Both)[A-Z]\w+\s+Governments?"
    r"(?!\s+[A-Z])|Government\s+of\s+(?!the\s+United\s+Kingdom|the\s+day)[A-Z]\w+|Republic\s+of"
    r"|Northern\s+Ireland\s+(?:Executive|Assembly)|Senedd|Mayor|Greater\s+London\s+Authority|Transport\s+for\s+(?:London|Wales)"
    r"|(?:Natural\s+Resources|Public\s+Health|Sport|Qualifications|Audit|NHS|Police)\s+(?:Wales|Scotland)"
    r"|European\s+(?:Union|Court|Central\s+Bank)|Council\s+(?:of\s+(?:the\s+European\s+Union|Europe|Ministers)"
    r"|[Ss]ecretariat|[Pp]residency)|(?:the|The)\s+(?:Presidency|EU|UN|IMF|OECD|IEA|IAEA|WHO|WTO|NATO|G7|G20"
    r"|World\s+Bank|Secretary[- ]General|High\s+Representative)"
    r"|Union\s+Commission|Commission\s+of\s+the|House\s+of\s+(?:Commons|Lords)\s+Commission"
    r"|United\s+Nations|World\s+(?:Health|Trade)\s+Organi[sz]ation"
    r"|(?!Innovate\b)[A-Z]\w+\s+UK(?=\s*$)|Rail\s+Delivery\s+Group"
    r"|International\s+\w+(?:\s+\w+)?(?:\s+(?:Agency|Fund|Organi[sz]ation|Court|Association|Committee))"
    r"|Commonwealth\s+Secretariat|[Cc]o-operation\s+Council|Institute\s+(?:for|of)\s+(?!Health)|(?!The\b)[A-Z]\w+\s+(?:Committee|Synod)|Church"
    r"|(?:[Cc]ounty|[Bb]orough|[Cc]ity|[Dd]istrict|[Ll]ocal|[Pp]arish|[A-Z]\w+)\s+Councils?)\b"
)
"""Who is neither a Minister nor a public body by name: other governments, both Houses and their committees, councils."""
_PEOPLE = frozenset(
    """
    council councils company companies firm firms employer employers supplier suppliers bank banks charity charities
    university universities college colleges school schools trust trusts provider providers operator operators
    developer developers landlord landlords constabulary constabularies constables force forces police commissioners
    authorities union unions contractor contractors manufacturer manufacturers retailer retailers platform platforms
    newspaper newspapers publisher publishers broadcaster broadcasters airline airlines insurer insurers lender lenders
    states business businesses organisation organisations organizations academics researchers members association
    associations federation society societies institutes institutions foundation club clubs
    league party parties plc ltd limited residents campaigners participants boards bidders stakeholders consultants
    airport airports hospital hospitals governors headteachers journal journals press industry secretariat coroner
    coroners court courts judges judiciary shareholders licensees growers farmers tenants parents congress commerce
    areas towns cities counties boroughs districts partnerships
    those anyone everyone others confederation alliance chamber utilities utility consortium congregation parish synod
    """.split()
)
"""What else one who publishes may be, by the noun: companies, societies, all kinds of people."""
_HUNG = re.compile(
    r"\s+(?:of|for|on|to|in|at|with|from|by|who|which|that|named|concerned|involved|themselves|itself)\b"
)
_LONE = re.compile(
    r"(?!The|Of|Government|Parliament|Treasury|Defra|Acas|Cafcass|Sellafield|Whitehall)[A-Z][a-z]{3,}(?<!ers)(?<!als)(?<!ors)"
    r"(?<!ians)(?<!ists)(?<!ments)"
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
_POSSESSOR = re.compile(r"((?:[\w-]+\s+){0,5}?[\w-]+)(?:['\u2019]s|s['\u2019])\s")


def introduced(text: str) -> frozenset[str]:
    """The nouns by which a text may go on to call public bodies it has named in full: `Commission` after the Forestry's."""
    found = (hit.group() for hit in _INTRODUCED.finditer(text))
    return frozenset(
        name.split()[-1].capitalize() for name in found if not _UNNAMED.fullmatch(name) and not is_outsider(name)
    )


def is_outsider(words: str, named: Collection[str] = ()) -> bool:
    """Whether these words name someone whose publications are not a Minister's, a department's or a UK public body's.

    `named` are the nouns of bodies that the statement has introduced.
    """
    rest = _OURS.sub(" ", words)
    short = _UNNAMED.search(rest)
    if _OTHERS.search(rest) is not None or (short is not None and short[1] not in named):
        return True
    head = _HUNG.split(rest.strip(), maxsplit=1)[0].split()
    return bool(head) and (
        (head[-1].lower() in _PEOPLE and head[-1] not in named) or _LONE.fullmatch(rest.strip()) is not None
    )


def public_body(words: str) -> str | None:
    """The name of a public body that publishes in its own name, as the text gives it; None for the Minister or Government."""
    found = _BODY.match(words.strip())
    return found[1].strip() if found else None


def owner(name: str) -> str | None:
    """Who a document belongs to by its name: `the Agency's report` gives `the Agency`."""
    found = _POSSESSOR.match(name)
    return found[1] if found else None
