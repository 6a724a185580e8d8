"""Phrases of time that need no reckoning: today, shortly, last week, every month, the same day."""

from __future__ import annotations

from typing import Literal

from monitor.rules.promises.times.calendar import MONTHS
from monitor.rules.promises.times.counted import NUMBER
from monitor.rules.promises.times.periods import phrase

Sort = Literal["now", "span", "open", "past", "habit", "same"]

_SITTING = "statement|announcement|written statement|written ministerial statement"

NOW = phrase(
    r"(?:(?:as\s+)?(?:from|of|since)\s+)?(?:(?:later|earlier)\s+(?:on\s+)?)?(?:today(?!['\u2019]s)|this\s+(?:very\s+)?(?:morning"
    r"|afternoon|evening)|tonight|this\s+day)"
    r"(?:,?\s+later\s+(?:today|this\s+(?:afternoon|evening)))?"
    rf"|(?:together\s+|along)?(?:with|alongside|at\s+the\s+same\s+time\s+as|to\s+accompany"
    rf"|accompanying)\s+(?:this|today['\u2019]s|my)\s+(?:{_SITTING})"
    r"|(?:from|at|by|after|since)\s+(?:noon|midday|[\w-]+\s+o['\u2019]clock|\d{1,2}(?:[.:]\d\d)?\s*[ap]\.?m\b\.?)(?!\s*,?\s*(?:on|tomorrow|next)\b)"
    r"|as\s+I\s+(?:speak|rise|write)|as\s+s?he\s+(?:sat\s+down|rose|spoke)|(?:when|the\s+moment(?:\s+that)?|as\s+soon\s+as|once)\s+I\s+(?:sit\s+down|have\s+sat\s+down)"
    r"|(?:at|by|before)\s+the\s+(?:end|close|conclusion)\s+of\s+(?:this\s+statement|(?:business\s+)?today|the\s+(?:working\s+)?day|business"
    r"|play)|by\s+(?:close|end)\s+of\s+(?:business|play)(?!\s+(?:on|tomorrow|next))"
    r"|(?:within|inside|in)\s+the\s+(?:next\s+)?(?:few\s+)?hours?|within\s+hours|with\s+effect\s+from\s+(?:now|today)|from\s+now(?!\s+on)"
    r"|straight\s*away|immediately(?!\s+(?:after|thereafter|afterwards|following|before|upon|on))|(?:now|as\s+of\s+today|from\s+today)"
)
_CLAUSE = (
    r"(?:(?!\s(?:the|its|our|their|an?|his|her|my|it|they|I|we)\b"
    r"(?:(?!\b(?:is|are|has|have|was|were|been)\b)[^,;.]){0,80}?\s(?:will|shall)\b)[^,;.])*"
)
"""A clause of time, up to a comma or to the subject of the clause that it leads: `once they are made | the names will be`."""
_WHEN = (
    r"(?:(?<!only\s)(?<!,\s)(?-i:when)|^When)\s+(?:the|those|its|their|our|both|his|her)\s(?:(?!when\b)[^,;.]){1,70}?"
    r"\s(?:is|are|has|have)\s(?!to\b)"
)
"""What must have happened before, behind the promise that waits for it: `when the operators have agreed`."""
OPEN = phrase(
    r"(?:(?:only|not\s+(?:until|before))\s+then|(?:very\s+)?(?:shortly|soon)(?!\s+(?:after|before))|in\s+due\s+course"
    r"|before\s+(?:too\s+)?long|in\s+the\s+(?:very\s+)?near\s+future|in\s+(?:good|due)\s+time"
    r"|(?:in|over|during|within)\s+the\s+(?:coming|next\s+few|next\s+couple\s+of|following"
    r"|next\s+several)\s+(?:days|weeks|months|years)(?:\s+and\s+(?:weeks|months|years))?"
    r"|within\s+[\w-]+\s+(?:(?:working|calendar|sitting)\s+)?(?:days?|weeks?|months?|years?)\s+(?:of|after|from)\s+(?!today|now|this)"
    + _CLAUSE
    + r"|within\s+(?:days|weeks|months)|(?:at|on)\s+(?:the\s+earliest\s+(?:possible\s+)?opportunity"
    r"|a\s+later\s+(?:date|stage)|the\s+(?:appropriate|right)\s+time)"
    r"|as\s+soon\s+as\b" + _CLAUSE + r"|as\s+quickly\s+as\s+possible|once\s" + _CLAUSE + r"|when\s+(?:ready"
    r"|complete|available|(?:it|they|this|these)\s+(?:is|are|has|have)\b" + _CLAUSE + r")"
    r"|" + _WHEN + _CLAUSE + r"|when\s+parliamentary\s+time\s+allows|at\s+the\s+conclusion\s+of\b[^,;.]*"
    r"|later\s+(?:in|on\s+in)\s+(?:this|the)\s+(?:Parliament|Session)|(?:by|before"
    r"|within)\s+(?:the\s+end\s+of\s+)?(?:this|the)\s+(?:parliamentary\s+)?(?:Parliament"
    r"|[Ss]ession))"
)
PAST = phrase(
    r"(?:yesterday|last\s+(?:\w+\s+)?(?:night|week|month|year|spring|summer|autumn|winter|session|parliament|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august"
    r"|september|october|november|december)"
    r"|earlier\s+(?:this|in\s+the|in)\s+(?:week|month|year|session|spring|summer|autumn|winter"
    r"|\w+)|previously|already|recently|formerly|originally"
    rf"|(?:some\s+|about\s+|over\s+)?(?:{NUMBER}|several|some|many|a\s+few|a\s+couple\s+of|(?:\w+teen|\w+ty))"
    r"\s+(?:days?|weeks?|months?|years?)\s+ago|a\s+fortnight\s+ago"
    r"|(?:ever\s+)?since\s+(?:(?:early|late|mid)[\s-])?(?:(?:the\s+)?(?:spring|summer|autumn|winter)\s+(?:of\s+)?|"
    rf"(?:{'|'.join(month.title() for month in MONTHS)})\s+)?(?:19|20)\d\d"
    r"|for\s+(?:so\s+)?(?:many|several|some)\s+(?:years|months|decades)|in\s+\w+\s+(?:of\s+)?last\s+year|(?:last|past)\s+(?:few\s+)?(?:days|weeks|months)"
    r"|(?:over|during|in|throughout)\s+(?:the\s+course\s+of\s+)?the\s+(?:last|past)\s+(?:few\s+)?(?:year|decade|session|quarter)s?"
    r"|in\s+recent\s+(?:days|weeks|months|years)|over\s+the\s+years)\b"
)
_OFTEN = "day|week|fortnight|month|quarter|year|autumn|spring|summer|winter|sitting|session|" + "|".join(
    f"{month}" for month in MONTHS
)
HABIT = phrase(
    r"(?:on\s+the\s+(?:first|second|third|fourth|last|final)\s+(?:(?:working|business)\s+day|\w+day)\s+(?:of|in)\s+(?:the|each|every|any)"
    r"\s+(?:month|quarter|week|calendar\s+month)"
    rf"|every\s+(?:\w+\s+)?(?:{_OFTEN}|\w+day)s?|each\s+(?:{_OFTEN}|\w+day)"
    r"|on\s+(?:mon|tues|wednes|thurs|fri|satur|sun)days|(?:once|twice|four\s+times|three\s+times)\s+(?:a|each|every)\s+\w+|regularly|routinely"
    r"|periodically|annually|from\s+time\s+to\s+time|normally|usually|ordinarily|generally|customarily|as\s+a\s+(?:rule|matter\s+of\s+course)|on\s+an?\s+(?:annual|monthly"
    r"|quarterly|regular|weekly|rolling|ongoing)\s+basis"
    r"|(?:if|as|when)\s+and\s+(?:if|when|where)\b[^,;.]*|whenever|in\s+the\s+event\s+(?:of|that)|in\s+(?:each|every|any)\s+case\s+(?:where|in)"
    r"|(?:if|when|where|wherever|as)\s+(?:necessary|needed|required|appropriate)|case\s+by\s+case|(?:year|month|week)\s+(?:by|on|after)"
    r"\s+(?:year|month|week)|over\s+time|on\s+each\s+occasion|at\s+(?:all|any)\s+times?"
    r"|at\s+(?:regular|monthly|quarterly)\s+intervals|(?:monthly|quarterly|weekly"
    r"|daily)(?=\s*(?:[.,;]|$|and\b|on\b|by\b|in\b|from\b|at\b)))"
)
SAME = phrase(
    r"(?:(?:on\s+)?(?:that|the)\s+(?:very\s+|self)?same\s+(?:day|date|morning|afternoon|evening)|(?:on|from)\s+that\s+(?:very\s+)?(?:day|date|morning|afternoon|evening)"
    r"|on\s+which\s+(?:day|date)|(?:by|from|before|until)\s+then\b|then(?=\s*(?:[.,;]|$))"
    r"|(?:when|once|after)\s+(?:s?he|it|they)\s+(?:has|have)\s+done\s+so|simultaneously|on\s+the\s+same\s+occasion|at\s+one\s+and\s+the\s+same\s+time|immediately\s+(?:thereafter|afterwards)"
    r"|at\s+the\s+same\s+time(?!\s+as)|(?:on\s+)?the\s+(?:very\s+)?(?:next|following)\s+(?:day|morning)"
    r"|the\s+day\s+after(?=\s*(?:[.,;]|$|and\b))|a\s+(?:day|week|fortnight)\s+later)"
)
"""On the day named last, or so long after it."""
