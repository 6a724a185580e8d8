"""The words and patterns by which an edit is judged, as tables that an editor may read and extend.

Patterns are matched without regard to case unless they say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_MONTHS_IN_FULL = "january february march april may june july august september october november december".split()
_MONTHS_IN_WELSH = "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr".split()
SHORT_MONTHS = {month[:3]: month for month in _MONTHS_IN_FULL} | {"sept": "september"}
"""Months cut short, with what they stand for."""

MONTHS = frozenset([*_MONTHS_IN_FULL, *_MONTHS_IN_WELSH, *SHORT_MONTHS])
"""Names of months, those that Welsh pages use as well; `may` is one only where a figure stands beside it."""

DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun".split())
"""Names of days."""

TIME_WORDS = frozenset("at on of am pm gmt bst the to and in + show see all updates".split())
"""What may stand among the words of a date."""

HOURS_WORDS = frozenset(
    "open opening hours times lines phone are closed from to and on until till except excluding including bank public holidays"
    " weekends midday noon midnight".split()
)
"""What may stand among days and times of day where a block says when an office is open."""

HOURS = re.compile(
    r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)?\s?(?:to|until|[-–])\s?\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)", re.IGNORECASE
)
"""From when to when an office is open."""

TIME = re.compile(r"\d{1,4}(?:st|nd|rd|th|am|pm)?|\d{1,2}[:.]\d\d(?:am|pm)?|\d{1,4}[/-]\d{1,2}[/-]\d{1,4}")
"""Figures of a date or a time of day, lower case."""

MODALS = frozenset(
    "may must should shall will can could would might ought cannot required requires require need needs rhaid".split()
)
"""Words that say whether somebody is free or bound to do something."""

NEGATIONS = frozenset(
    "not no never none nor neither nobody nothing without unless except excluding only cannot nid nad heb ddim".split()
)
"""Words that turn a sentence round or make an exception, also in Welsh. Words in n't count as well."""

NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
"""Numbers in words and in figures say the same."""

ARTICLES = frozenset("a an the".split())
"""Words whose coming or going is no news."""

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_SURE = "|".join(sorted({month.title() for month in MONTHS if len(month) > 3} - {"March", "Medi"}))

DATE = re.compile(
    rf"\b(?:\d{{1,2}}\s*(?:to|and|-|–)\s*)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?i:{_MONTH})\b(?:,?\s+\d{{4}})?"
    rf"|\b(?i:{_MONTH})\s+\d{{1,4}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b"
    rf"|\b(?:19|20)\d\d(?:\s?[-–/]\s?\d\d(?:\d\d)?)?(?![\w,])|\b(?:{_SURE})\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b|\b(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)\b"
)
"""A day, a month, a year, a season. `may` and `march` are months only beside a figure. Minds case."""

AMOUNT = re.compile(
    r"[£$€]\s?\d[\d,.]{0,20}(?:\s?(?:million|billion|trillion|thousand|[mk]|bn)\b)?"
    r"|\b\d[\d,.]{0,20}\s?(?:%|(?:per ?cent|percentage points?|pence|pounds|p|million|billion|trillion|thousand|bn)\b)",
    re.IGNORECASE,
)
"""Money, shares, and what is counted in millions."""

DEADLINES = re.compile(
    r"\b(?:by|erbyn|cyn|tan|before|until|till|deadlines?|clos(?:e|es|ed|ing)|no later than|not later than|end(?:s|ed|ing)?"
    r"|expir\w+|due|with effect from|takes? effect|com(?:e|es|ing) into (?:force|effect)|from|on or after|apply by"
    r"|finish(?:es|ing)?)\b",
    re.IGNORECASE,
)
"""Before a date, these make it a date that something hangs on."""

UPDATED = re.compile(
    r"(?:this |the )?(?:page|guidance|document|publication|guide|content|information|details|collection)?\s*(?:was |were )?"
    r"(?:last |first |most recently )?(?:updated|reviewed|modified|checked|amended|published|revised|refreshed|generated)"
    r"(?: on| at| in|:| date:?)?|(?:date of )?(?:last|next|latest) (?:updated?|review(?: date)?|revision)(?: due)?:?"
    r"|(?:review|publication|issue|version) date:?|version(?: number)?:?\s*[\d.]*,?",
    re.IGNORECASE,
)
"""How a line or sentence begins that says when the page was last touched; only dates may follow."""

SPANS: tuple[tuple[str, Sequence[str], re.Pattern[str]], ...] = (
    ("contact details", "@", re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")),
    ("a web address", ("://", "www."), re.compile(r"(?:https?://|www\.)\S+")),
    ("contact details", "0", re.compile(r"(?<![\w£$€.,])(?:\+44|0044|\(?0\d{2,5}\)?)[\d ()\-]{6,14}\d(?!\w)")),
    ("contact details", "0123456789", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")),
    (
        "the details of a file",
        ("KB", "MB", "GB"),
        re.compile(r"\b(?:PDF|ODT|ODS|CSV|DOCX?|XLSX?|HTML|ZIP|MS \w+ \w+)\b,? ?[\d.,]+ ?[KMG]B(?:, \d+ pages?)?"),
    ),
    ("contact details", ("ISBN", "ISSN"), re.compile(r"\b(?:ISBN|ISSN)[: ]*[\dX -]{9,17}")),
)
"""Stretches of text that say nothing of substance: an edit wholly within them, on either side, is no news. Between the
reason and the pattern stands what must be there, one of it at least, before the pattern is tried."""

CONTACT_LINE = re.compile(
    r"(?:(?:tele)?phone|tel|textphone|minicom|fax|e-?mail|contact|address|postal address|website|twitter|facebook"
    r"|linkedin|opening (?:times|hours)|phone lines)(?: (?:us|address|number|no|line))?\.?\s*[:|]"
    r"|(?:press office|(?:\w+ ){0,2}enquir(?:y|ies)|contact(?: us)?)[\w '’()-]{0,25}(?::|\||@|\b0\d{2})"
    r"|find out (?:more )?about call charges|call charges\b",
    re.IGNORECASE,
)
"""How a block begins that gives contact details."""

CONTACT_HEADING = re.compile(
    r"(?:how to )?(?:contact|get in touch|enquiries|press enquiries|media enquiries|contact details|address)\b.{0,40}",
    re.IGNORECASE,
)
"""Headings under which contact details stand."""

BOILERPLATE = re.compile(
    r"\s*(?:© ?crown copyright|crown copyright|this (?:publication|document|information) is licensed under"
    r"|this licen[cs]e|to view this licen[cs]e|where we have identified any third party|all content is available under"
    r"|this publication is (?:also )?available (?:at|from|on)|any enquiries regarding this (?:publication|document)"
    r"|request an accessible format|if you use assistive technology|this file may not be suitable for users of assistive"
    r"|you may (?:re-?use|use and re-?use) this|you can (?:download|also download) this publication|printed (?:on|in the uk)"
    r"|we use (?:\w+ )?cookies|cookies on|help us improve|(?:is|was) this page (?:useful|helpful)"
    r"|report a problem with this page|there is (?:something )?wrong with this page|don.t include personal"
    r"|sign up for e-?mails?|get e-?mails? about this page|subscribe to)\b",
    re.IGNORECASE,
)
"""How a block begins that stands on every page alike."""

NAVIGATION = re.compile(
    r"\s*(?:[-*>#]+ *)?(?:contents|skip to (?:main )?content|back to (?:top|contents)|return to contents|next|previous|next page"
    r"|previous page|menu|search|home|print (?:this|entire|whole) (?:page|guide|document)|share this page"
    r"|(?:facebook|twitter|x|linkedin|instagram|youtube|whatsapp)(?: \(opens in (?:a )?new tab\))?"
    r"|english|cymraeg|related (?:content|links|guides)|explore the topic"
    r"|see all updates|show all updates|hide all updates|(?:\+ )?show (?:all|more)|hide all|part of|collection|more like this"
    r"|brexit|topics?|navigation|you are here:?)(?: *[:›»>|].{0,60})?\s*",
    re.IGNORECASE,
)
"""Whole blocks that only lead about the site."""

PART = re.compile(r"^(?:section|part|chapter|step|stage|annex|appendix|table|figure|box)\s*$", re.IGNORECASE)
"""What stands before the number of a heading."""

NAVIGATION_HEADING = re.compile(
    r"(?:table of )?contents|on this page|in this (?:section|guide)|related (?:content|links|guides|pages|collections)"
    r"|explore the topic|more like this|share this page",
    re.IGNORECASE,
)
"""Headings over lists that only lead about the site."""

TYPOGRAPHY = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u0060": "'", "\u00b4": "'", "\u2032": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
        "\u2026": "...", "\ufb01": "fi", "\ufb02": "fl", "\u2022": "-", "\u00b7": "-",
        "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "", "\ufe0f": "",
        "\u200e": "", "\u200f": "",
    }
)  # fmt: skip
"""Characters that differ in print only."""

WRITTEN_ALIKE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),
    (re.compile(r"(?<=\d)\s?per ?cent\b"), "%"),
    (re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b"), r"\1"),
    (re.compile(r"(?<!\S)&(?!\S)"), "and"),
)
"""What is written in two ways, in lower case, and the one it is compared in: 10,000, 5 per cent, 3rd, &."""

UNIT = re.compile(r"(?<=\d)\s?(?:([mM])(?:Wh?|V|A|J|g|l|Hz|Pa)|[kKMGT]([bB])(?:it|yte)?(?:ps|/s)?)\b")
"""Units behind a figure in which the case of one letter is a thousand million (mW, MW) or eightfold (Mb, MB)."""

SPELLINGS = re.compile(
    r"(?<=\w\w\w)iz(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)\b)|(?<=\w\w)yz(?=(?:e|ed|es|er|ing)\b)"
)
"""Endings that publishers spell in two ways (organize, analyze): the `z` stands for an `s`."""
