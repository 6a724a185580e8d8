"""GOV.UK's list of bank holidays, by which those who want mail on working days only are spared it."""

from __future__ import annotations

from datetime import date

from monitor.errors import ParseError
from monitor.model.exchange import Request, Response
from monitor.sources.answer import name_object, open_json, part, parts, words
from monitor.times import find_date

BANK_HOLIDAYS = Request("https://www.gov.uk/bank-holidays.json", "bank_holidays")
"""The one answer that lists them, some years back and as far ahead as they are announced."""

_DIVISION = "england-and-wales"


def read_bank_holidays(response: Response) -> frozenset[date]:
    """The bank holidays of England and Wales. Raises ParseError."""
    expected, source, url = "a list of bank holidays", BANK_HOLIDAYS.reader, response.request.url
    answer = open_json(response, source=source, expected=expected)
    days = frozenset(
        day for event in parts(part(answer, _DIVISION), "events") if (day := find_date(words(event, "date")))
    )
    if not days:
        raise ParseError(f"expected {expected} of {_DIVISION}, got {name_object(answer)}", source=source, url=url)
    return days
