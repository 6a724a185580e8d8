"""Bank holidays kept up to date: a day that is announced for one year only is in no list that was shipped before."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.errors import FetchError, ParseError
from monitor.fetch.fetcher import Fetcher
from monitor.mail.holidays import Calendar
from monitor.model.exchange import Validators
from monitor.sources.bank_holidays import BANK_HOLIDAYS, read_bank_holidays

_WEEK = timedelta(days=7)


def refresh_holidays(calendar: Calendar, fetcher: Fetcher, *, now: datetime) -> bool:
    """Read GOV.UK's list, once a week; whether it was read now.

    Where it cannot be read, the days known hold, and it is asked again when next there is tidying to do.
    """
    read_at = calendar.read_at()
    if read_at is not None and now - read_at < _WEEK:
        return False
    try:
        days = read_bank_holidays(fetcher.fetch(BANK_HOLIDAYS, Validators()))
    except (FetchError, ParseError):
        return False
    calendar.record(days, now)
    return True
