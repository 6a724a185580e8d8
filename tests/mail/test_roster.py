"""Subscribers as CSV: in with every mistake named, out without a formula, and out and in again unchanged."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import UsageError
from monitor.mail.roster import Entry, read_roster, write_roster
from monitor.mail.wishes import Wishes
from monitor.model.subscriber import Subscription
from tests.mail.samples import subscriber

WATCHES = ("boats", "prisons")


def test_the_three_columns_are_enough():
    [ada, bob] = read_roster(
        "email,watches,every\nada@example.org,boats prisons,weekly\nbob@example.org,boats,\n", WATCHES
    )
    assert ada == Entry(2, "ada@example.org", ("boats", "prisons"), "weekly")
    assert bob.every == "daily"


def test_a_file_from_a_spreadsheet_is_read_and_further_columns_taken():
    text = "\ufeffemail,every,watches,format,working_days,timezone\r\nada@example.org,daily,boats,text,Yes,America/New_York\r\n"
    assert read_roster(text, WATCHES)[0].wishes == Wishes(format="text", working_days=True, timezone="America/New_York")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ada,boats,daily", "line 2: this is not an e-mail address"),
        ("ada@example.org,bots,daily", "no watch of the config is called bots; there are boats, prisons"),
        ("ada@example.org,,daily", "no watch is named"),
        ("ada@example.org,boats,hourly", "every is one of immediate, daily, weekly: hourly"),
        ("ada@example.org,boats,daily,html,,,,,more", "more cells than columns"),
        ("ada@example.org,boats,daily,pdf", "a mail is html or text"),
        ("ada@example.org,boats,daily,,Mars/Base", "no time zone has this name"),
        ("ada@example.org,boats,daily,,,english", "this is not a language tag"),
        ("ada@example.org,boats,daily,,,,maybe", "this cell is yes, no or empty: maybe"),
    ],
)
def test_every_mistake_is_named_with_its_line_and_nothing_is_taken(line, said):
    head = "email,watches,every,format,timezone,language,working_days,heartbeat"
    with pytest.raises(UsageError) as caught:
        read_roster(f"{head}\n{line}\nx,y,z\n", WATCHES)
    assert said in str(caught.value)
    assert "line 3: " in str(caught.value)


def test_a_file_without_its_first_line_or_with_a_strange_column_is_refused():
    with pytest.raises(UsageError, match="missing: email, every, watches"):
        read_roster("ada@example.org,boats,daily\n", WATCHES)
    with pytest.raises(UsageError, match="no column password"):
        read_roster("email,watches,every,password\n", WATCHES)


def test_no_cell_of_an_export_is_a_formula():
    people = [subscriber("boats", email=f"{sign}cmd@example.org") for sign in "=+-"]
    cells = [cell for row in csv.reader(io.StringIO(write_roster(people))) for cell in row]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == []
    assert "'=cmd@example.org" in cells


locals_ = st.text("abz019=+-'_.{|", min_size=1, max_size=12).filter(
    lambda text: text.strip(".") == text and ".." not in text
)


@given(
    st.lists(locals_, max_size=5, unique=True), st.sampled_from(["html", "text"]), st.booleans(),
    st.sampled_from(["immediate", "daily", "weekly"]), st.sampled_from([None, "America/New_York"]),
)  # fmt: skip
def test_what_goes_out_comes_in_unchanged(names, form, flag, every, zone):
    people = [
        subscriber("boats", every=every, email=f"{name}@example.org", format=form, heartbeat=flag, timezone=zone)
        for name in names
    ]
    entries = read_roster(write_roster(people), WATCHES)
    wishes = Wishes(form, zone, "en-GB", False, flag)
    assert [(one.email, one.watches, one.every, one.wishes) for one in entries] == [
        (person.email, ("boats",), every, wishes) for person in people
    ]


def test_who_has_ended_is_not_exported_and_two_frequencies_are_two_lines():
    both = subscriber(subscriptions=(Subscription("boats", "daily", 0), Subscription("prisons", "weekly", 0)))
    assert write_roster([subscriber(state="ended"), both]).count("\r\n") == 3
