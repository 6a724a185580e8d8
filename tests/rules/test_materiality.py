"""What is of substance and what is not, and that every decision says why."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.materiality import REASONS, Judgement, judge

SUBSTANCE = [
    ("figure", "The maximum period is 180 days.", "The maximum period is 365 days."),
    ("figure", "fell by 5 points", "fell by -5 points"),
    ("figure", "an area of 10² metres", "an area of 102 metres"),
    ("figure", "two sponsors", "three sponsors"),
    ("amount", "The fee is £1,200 a year.", "The fee is £1,400 a year."),
    ("amount", "The rate is 20% now.", "The rate is 25% now."),
    ("amount", "It costs 3 million pounds.", "It costs 4 million pounds."),
    ("deadline", "Apply by 3 May 2024.", "Apply by 7 June 2024."),
    ("deadline", "The consultation closes on 1 March.", "The consultation closes on 15 March."),
    ("date", "The rates set on 6 April 2024 apply.", "The rates set on 8 April 2024 apply."),
    ("date", "The report of 2023 is long.", "The report of 2024 is long."),
    ("modal verb", "You may apply.", "You must apply."),
    ("modal verb", "It should be sent.", "It will be sent."),
    ("negation", "It applies in Wales.", "It does not apply in Wales."),
    ("negation", "It will not be able to.", "It will be notable to."),
    ("negation", "Everyone with a permit.", "Everyone without a permit."),
    ("negation", "It is for England only.", "It is for England and Wales."),
    ("figure", "Contact: 12 people must leave.", "Contact: 14 people must leave."),
    ("name", "The minister is Jane Smith now.", "The minister is Amina Khan now."),
    ("wording", "It is open to charities.", "It is open to companies."),
    ("section", "## One\nText.", "## One\nText.\n## Fees"),
    ("figure", "## Contact\nCall us.", "## Contact\nCall us on 3 days a week."),
    ("modal verb", "## Contact\nYou may call us.", "## Contact\nYou must call us."),
    ("deadline", "Contact us by 3 May 2024.", "Contact us by 4 May 2024."),
    ("deadline", "Updated rates apply from 3 May 2024.", "Updated rates apply from 4 May 2024."),
    (
        "date",
        "Rates were updated. The order was made on 6 April 2024.",
        "Rates were updated. The order was made on 7 April 2024.",
    ),
]

NO_SUBSTANCE = [
    ("white space", "One  two.\nThree.", "One two. Three."),
    ("punctuation", "The 'tapered' rate - see note...", "The ‘tapered’ rate – see note…"),
    ("capitals", "in accordance with Section 37", "in accordance with section 37"),
    ("spelling", "to organize and analyze it", "to organise and analyse it"),
    ("spelling", "health care", "health-care"),
    ("spelling", "over the next 10 years", "over the next ten years"),
    ("spelling", "cafe\u0301 society", "café society"),
    ("numbering", "1. Read the notes.\n2. Send the form at once.", "2. Read the notes.\n3. Send the form at once."),
    ("numbering", "## 3. Fees\nNone.", "## 4. Fees\nNone."),
    ("an article", "Send a form to the office.", "Send the form to the office."),
    ("the date of the last update", "Last updated 3 May 2024", "Last updated 7 June 2024"),
    (
        "the date of the last update",
        "This page was last reviewed on 3 May 2024.",
        "This page was last reviewed on 3 May 2025.",
    ),
    ("the date of the last update", "Keep records.\nUpdated: 3 May 2024 at 9:30am", "Keep records."),
    ("the date of the last update", "Text.", "Text.\nLast updated 4 June 2024 + show all updates"),
    ("contact details", "Press office opening hours: 9 to 5", "Press office opening hours: 10 to 4"),
    ("contact details", "Telephone: 020 7946 0018", "Telephone: 020 7946 0991"),
    ("contact details", "You can call 020 7946 0018 now.", "You can call 020 7946 0991 now."),
    ("contact details", "Write to help@example.gov.uk today.", "Write to office@example.gov.uk today."),
    ("contact details", "Send it to the office at SW1A 2AA.", "Send it to the office at SW1P 4DF."),
    ("contact details", "## Contact\nHelp desk, Leeds", "## Contact\nHelp desk, York"),
    ("a web address", "The form is at https://www.gov.uk/a now.", "The form is at https://www.gov.uk/b now."),
    ("the details of a file", "Form (PDF, 240 KB, 4 pages)", "Form (PDF, 251 KB, 5 pages)"),
    ("a standard notice", "© Crown copyright 2023", "© Crown copyright 2024"),
    ("a standard notice", "Text.", "Text.\nRequest an accessible format of this document."),
    ("navigation", "Text.", "Text.\nBack to top"),
    ("navigation", "- Contents\nText.", "Text."),
    (
        "the order of paragraphs",
        "The first of two paragraphs.\nThe second one.",
        "The second one.\nThe first of two paragraphs.",
    ),
]


BY_HAND: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "data" / "diff" / "judged-by-hand.toml").read_text(encoding="utf-8")
)


def judged(old: str, new: str) -> Judgement:
    return judge(diff_texts(old, new))


@pytest.mark.parametrize(("kind", "old", "new"), SUBSTANCE)
def test_this_is_of_substance_and_the_reason_names_it(kind: str, old: str, new: str) -> None:
    judgement = judged(old, new)
    assert judgement.material
    assert any(reason.startswith(kind) for reason in judgement.reasons), judgement.reasons


@pytest.mark.parametrize(("kind", "old", "new"), NO_SUBSTANCE)
def test_this_is_not_of_substance_and_the_reason_names_it(kind: str, old: str, new: str) -> None:
    judgement = judged(old, new)
    assert not judgement.material
    assert all(reason.startswith("only ") and kind in reason for reason in judgement.reasons), judgement.reasons


@pytest.mark.parametrize(("kind", "old", "new"), SUBSTANCE + NO_SUBSTANCE)
def test_a_change_and_its_undoing_weigh_the_same(kind: str, old: str, new: str) -> None:
    assert judged(old, new).material == judged(new, old).material, kind


@pytest.mark.parametrize(
    ("edit", "material"),
    [(edit, True) for edit in (BY_HAND["substance"] | BY_HAND["no-substance-told"]).items()]
    + [(edit, False) for edit in BY_HAND["no-substance"].items()],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_an_edit_is_judged_as_a_policy_officer_judged_it_and_as_its_undoing(
    edit: tuple[str, list[str]], material: bool
) -> None:
    what, (old, new) = edit
    there, back = judged(old, new), judged(new, old)
    assert (there.material, back.material) == (material, material), (what, there.reasons, back.reasons)


def test_the_rules_disagree_with_the_officer_in_one_edit_of_fifty_at_most() -> None:
    wrong = len(BY_HAND["no-substance-told"])
    assert wrong * 50 <= sum(map(len, BY_HAND.values()))


def test_one_edit_of_substance_among_slight_ones_decides_and_is_the_reason() -> None:
    judgement = judged(
        "## Fees\nThe fee is £30.\nLast updated 3 May 2024\n© Crown copyright 2023",
        "## Fees\nThe fee is £45.\nLast updated 7 June 2024\n© Crown copyright 2024",
    )
    assert judgement == Judgement(True, ("amount in ‘Fees’: £30 → £45",))


def test_nothing_changed_has_a_reason_too() -> None:
    assert judged("Same.", "Same.") == Judgement(False, ("no word changed",))


def test_a_paragraph_that_left_its_section_is_of_substance() -> None:
    old = "## Who must\nThis does not apply to schools.\n## Who may\nAnyone over the age of eighteen."
    new = "## Who must\n## Who may\nAnyone over the age of eighteen.\nThis does not apply to schools."
    assert judged(old, new).reasons == ("move in ‘Who may’: This does not apply to schools. moved from ‘Who must’",)


def test_reasons_are_few_and_the_rest_is_counted() -> None:
    old = "\n".join(f"Paragraph {chr(97 + n)} sets the fee at £{n} for everybody." for n in range(20))
    new = "\n".join(f"Paragraph {chr(97 + n)} sets the fee at £{n + 100} for everybody." for n in range(20))
    reasons = judged(old, new).reasons
    assert len(reasons) == REASONS + 1
    assert reasons[-1] == "and 8 more"


def test_a_reason_quotes_no_more_than_a_line() -> None:
    judgement = judged("Start.", "Start.\n" + "word " * 500)
    assert len(judgement.reasons[0]) < 120
