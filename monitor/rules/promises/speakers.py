"""Whose document it is: Ministers, departments and public bodies count; everybody else's promises are not ours to keep."""

from __future__ import annotations

import re

_OURS = re.compile(
    r"\b(?:(?:Law|Electoral|Charity|Low Pay|Infrastructure|Competition|Boundary|Forestry"
    r"|Crown Estate|Gambling|Social Mobility|Care Quality|Standing|Royal|Equality and Human Rights"
    r"|Independent)\s+(?:\w+\s+)?Commission"
    r"|(?:Financial Reporting|Sentencing|Research|Medical Research|Arts|Design|Innovation"
    r"|Youth Justice|General \w+|Security|Health and Care Professions|Criminal Justice"
    r"|Engineering and \w+)\s+Council"
    r"|Advisory\s+(?:\w+\s+)?Committee|Committee\s+(?:on|for)\s+(?:Standards|Climate|Radioactive"
    r"|Toxicity|Fuel|Medical)|Climate\s+Change\s+Committee|Expert\s+Committee|Review\s+Committee"
    r"|(?:UK|British|H[MR]|Her\s+Majesty(?:'s|\u2019s)?|His\s+Majesty(?:'s|\u2019s)?"
    r"|United\s+Kingdom|Coalition|Central|four)\s+Governments?)\b"
)
_OTHERS = re.compile(
    r"\b(?:(?:Scottish|Welsh|Irish|Jersey|Guernsey|Manx|devolved|[A-Z]\w+(?:ish|ese|ian|an|ch|i|ek"
    r"|wegian|Dutch|Swiss|Gibraltar))\s+(?:and\s+\w+\s+)?(?:Governments?|administrations?"
    r"|Ministers?|authorities|Executive|Assembly)"
    r"|(?:US|Faroese|Norwegian|French|German|American)\s+Government"
    r"|Government\s+of\s+(?!the\s+United\s+Kingdom|the\s+day)[A-Z]\w+"
    r"|Northern\s+Ireland\s+(?:Executive|Assembly)|Senedd|Scottish\s+Parliament"
    r"|European\s+(?:Commission|Parliament|Council|Union|Court|Central\s+Bank)"
    r"|Council\s+(?:of\s+(?:the\s+European\s+Union|Europe|Ministers)|[Ss]ecretariat|[Pp]residency)"
    r"|(?:the|The)\s+(?:Commission|Presidency|Council(?!\s+[Tt]ax)|EU|UN|IMF|OECD|IEA|IAEA"
    r"|WHO|WTO|NATO|G7|G20|World\s+Bank|Secretary[- ]General|High\s+Representative)"
    r"|United\s+Nations|World\s+(?:Health|Trade)\s+Organi[sz]ation"
    r"|International\s+\w+(?:\s+\w+)?(?:\s+(?:Agency|Fund|Organi[sz]ation|Court))"
    r"|Commonwealth\s+Secretariat"
    r"|(?:Select|Joint|Public\s+Accounts|Affairs|Scrutiny|Defence|Treasury|Health|Education"
    r"|Transport|Justice|Home\s+Affairs|Parliamentary|Lords|Commons|Bill|Audit)\s+Committee|(?:the"
    r"|The|[A-Z]\w+)\s+Committee"
    r"|National\s+Farmers|Local\s+Government\s+Association|Royal\s+(?:College|Society)|(?:T"
    r"|t)rade\s+unions?|University|Institute\s+for"
    r"|(?:[Cc]ounty|[Bb]orough|[Cc]ity|[Dd]istrict|[Ll]ocal|[Pp]arish|[A-Z]\w+)\s+Councils?"
    r"|[Ll]ocal\s+(?:planning\s+)?authorit(?:y|ies)|[Cc]ombined\s+[Aa]uthorit(?:y|ies))\b"
    r"|\b(?:[Cc]ouncils?|[Cc]ompan(?:y|ies)|[Ff]irms?|[Ee]mployers?|[Ss]uppliers?"
    r"|[Bb]anks?(?!\s+of\s+England)|[Cc]harit(?:y|ies)|[Uu]niversit(?:y|ies)|[Ss]chools?|[Tt]rusts"
    r"|[Pp]roviders|[Oo]perators?|[Dd]evelopers?|[Ll]andlords?|[Cc]onstabular(?:y|ies)|[Ff]orces"
    r"|[Pp]olice\s+and\s+crime\s+commissioners|[Aa]uthorities|[Uu]nions|[Cc]ontractors?"
    r"|[Mm]anufacturers?|[Rr]etailers?|[Pp]latforms?|[Nn]ewspapers?|[Pp]ublishers?|[Aa]irlines?"
    r"|[Ii]nsurers?|[Ll]enders?|[Mm]ember\s+[Ss]tates|[Bb]usinesses|[Oo]rgani[sz]ations"
    r"|[Aa]cademics|[Rr]esearchers|[Mm]embers)\b"
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


def is_outsider(words: str) -> bool:
    """Whether these words name someone whose publications are not a Minister's, a department's or a UK public body's."""
    rest = _OURS.sub(" ", words)
    return _OTHERS.search(rest) is not None


def public_body(words: str) -> str | None:
    """The name of a public body that publishes in its own name, as the text gives it; None for the Minister or Government."""
    found = _BODY.match(words.strip())
    return found[1].strip() if found else None


def owner(name: str) -> str | None:
    """Who a document belongs to by its name: `the Agency's report` gives `the Agency`."""
    found = _POSSESSOR.match(name)
    return found[1] if found else None
