"""The world answers as the publishers do: the same bytes for the same story, and the same silences."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

from tests.fakes.documents import SITE, Document, FileAttachment, HtmlAttachment, Organisation
from tests.fakes.govuk import LABELS, content_item, finder_feed, organisation_feed, page_item
from tests.fakes.parliament import STATEMENTS, Link, Statement, preview, statement_detail, statement_list
from tests.fakes.world import World

HOME_OFFICE = Organisation("home-office", "Home Office")
FEED = f"{SITE}{HOME_OFFICE.path}.atom"
FINDER = f"{SITE}/search/policy-papers-and-consultations.atom"
NINE = datetime(2024, 12, 10, 9, tzinfo=UTC)
NOON = datetime(2024, 12, 10, 12, tzinfo=UTC)


def a_plan(**changes: object) -> Document:
    fields: dict[str, object] = {
        "path": "/government/publications/a-plan", "title": "A plan", "organisation": HOME_OFFICE,
        "first_published_at": NINE, "body_html": "<p>First words.</p>",
    }  # fmt: skip
    return Document(**(fields | changes))  # type: ignore[arg-type]


def text_of(world: World, url: str) -> str:
    answer = world.answer(url)
    assert answer is not None
    assert isinstance(answer.body, bytes)
    return answer.body.decode()


def item_of(world: World, path: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(text_of(world, f"{SITE}/api/content{path}"))
    return found


def entries_of(atom: str, organisation: Organisation) -> list[Document]:
    """The documents that a recorded feed lists."""
    found = []
    types = {label: name for name, label in LABELS.items()}
    for entry in re.findall(r"<entry>.*?</entry>", atom, re.S):
        label = re.search(r'label="([^"]*)"', entry)
        at, link, title, summary = (
            unescape(re.search(pattern, entry, re.S).group(1))  # type: ignore[union-attr]
            for pattern in (
                r"<updated>(.*?)<",
                r'href="(.*?)"',
                r"<title>(.*?)</title>",
                r"<summary[^>]*>(.*?)</summary>",
            )
        )
        found.append(
            Document(
                path=link.removeprefix(SITE),
                title=title.removeprefix(f"{label.group(1)}: ") if label else title,
                organisation=organisation,
                first_published_at=datetime.fromisoformat(at),
                summary=unescape(summary),
                document_type=types[unescape(label.group(1))] if label else "news_story",
            )
        )
    return found


def test_an_organisation_feed_has_the_form_of_the_recorded_one(corpus: Path) -> None:
    recorded = (corpus / "govuk/atom/org_hm-revenue-customs_snapshotA_2025.atom").read_text()
    revenue = Organisation("hm-revenue-customs", "HM Revenue & Customs")
    assert organisation_feed(revenue, entries_of(recorded, revenue)).decode() == recorded


def test_a_finder_feed_has_the_form_of_the_recorded_one(corpus: Path) -> None:
    recorded = (corpus / "govuk/atom/news-and-communications_snapshotA_2025.atom").read_text()
    made = finder_feed("news-and-communications", entries_of(recorded, HOME_OFFICE), title="News and communications",
                       query="keywords=financial+services")  # fmt: skip
    assert made.decode() == recorded


def test_empty_feeds_have_the_form_of_the_recorded_ones(corpus: Path) -> None:
    empty = Organisation("empty-organisation", "Empty Organisation")
    assert organisation_feed(empty, ()) == (corpus / "govuk/atom/org_empty.atom").read_bytes()
    made = finder_feed("policy-papers-and-consultations", (), query="organisations%5B%5D=no-such-org")
    assert made == (corpus / "govuk/atom/finder_empty.atom").read_bytes()


def test_content_items_keep_to_the_publishers_schemas(corpus: Path) -> None:
    page = HtmlAttachment("2", "A plan", "a-plan", "<p>All of it.</p>")
    plan = a_plan(
        files=(FileAttachment("1", "A plan", "plan.pdf", "67bf19a4750837d7604dbb96", b"%PDF"),), pages=(page,)
    )
    news = a_plan(document_type="news_story")
    gone, moved = a_plan(gone="Published in error."), a_plan(redirect_to="/elsewhere")
    for body in (
        content_item(plan),
        content_item(news),
        content_item(gone),
        content_item(moved),
        page_item(plan, page),
    ):
        item = json.loads(body)
        schema = json.loads((corpus / f"govuk/schemas/{item['schema_name']}.frontend.schema.json").read_text())
        details = schema["definitions"].get("details", {})
        allowed = schema["properties"].keys() | {"publishing_request_id"}
        assert set(item) <= allowed
        assert set(details.get("required", ())) <= set(item["details"])
        if details.get("additionalProperties") is False:
            assert set(item["details"]) <= set(details["properties"])


def test_statements_have_the_form_of_the_recorded_ones(corpus: Path) -> None:
    folder = corpus / "parliament/questions-statements-api"
    detail = json.loads((folder / "wms-statement-1943121.json").read_text())
    row, member = detail["value"], detail["value"]["member"]
    statement = Statement(
        id=row["id"], uin=row["uin"], made_on=date(2026, 9, 15), department=row["answeringBodyName"], title=row["title"],
        html=row["text"], minister=member["name"], list_as=member["listAs"], role=row["memberRole"],
        member_id=member["id"], party=member["party"], party_abbreviation=member["partyAbbreviation"],
        party_colour=member["partyColour"], member_from=member["memberFrom"], notice_number=row["noticeNumber"],
        links=(Link(row["linkedStatements"][0]["linkedStatementId"]),),
    )  # fmt: skip
    assert json.loads(statement_detail(statement)) == detail
    listed = json.loads((folder / "wms-list-2026-09-15.json").read_text())["results"][0]
    made = json.loads(statement_list([statement], serial=1732546))["results"][0]
    assert made["value"]["text"][:100] == listed["value"]["text"][:100]
    assert len(made["value"]["text"]) == len(listed["value"]["text"]) == 258
    made["value"]["text"] = listed["value"]["text"]
    assert made == listed


def test_a_major_edit_returns_to_the_top_of_the_feed_and_a_quiet_one_does_not() -> None:
    world = World()
    world.publish(a_plan())
    world.publish(a_plan(path="/government/publications/b-plan", title="B plan", first_published_at=NOON))
    before = text_of(world, FEED)
    world.edit("/government/publications/a-plan", at=NOON.replace(hour=13), body_html="<p>Quiet words.</p>")
    assert text_of(world, FEED) == before
    item = item_of(world, "/government/publications/a-plan")
    assert "Quiet words." in str(item["details"])
    assert item["public_updated_at"] == "2024-12-10T09:00:00+00:00"
    world.edit("/government/publications/a-plan", at=NOON.replace(hour=14), note="Figures added.")
    assert text_of(world, FEED).index("A plan") < text_of(world, FEED).index("B plan")


def test_a_withdrawn_document_vanishes_from_feeds_but_keeps_its_item() -> None:
    world = World()
    world.publish(a_plan())
    assert "A plan" in text_of(world, FINDER)
    world.withdraw("/government/publications/a-plan", at=NOON, explanation="Out of date.")
    assert "A plan" not in text_of(world, FEED) + text_of(world, FINDER)
    assert "Out of date." in str(item_of(world, "/government/publications/a-plan")["withdrawn_notice"])


def test_unpublishing_answers_410_or_a_gone_item_and_a_move_a_redirect() -> None:
    world = World()
    world.publish(a_plan())
    identity = item_of(world, "/government/publications/a-plan")["content_id"]
    world.move("/government/publications/a-plan", to="/government/publications/the-plan", at=NOON)
    assert item_of(world, "/government/publications/a-plan")["schema_name"] == "redirect"
    assert item_of(world, "/government/publications/the-plan")["content_id"] == identity
    world.remove("/government/publications/the-plan", at=NOON)
    answer = world.answer(f"{SITE}/api/content/government/publications/the-plan")
    assert answer is not None
    assert answer.status == 410


def test_the_list_of_statements_is_chosen_by_house_day_and_page() -> None:
    world = World()
    for number in range(1, 6):
        world.make_statement(
            Statement(id=number, uin=f"HCWS{number}", made_on=date(2024, 12, number), department="Home Office",
                      title=f"Number {number}", html="<p>Words.</p>", house="Commons" if number % 2 else "Lords")
        )  # fmt: skip
    page = json.loads(text_of(world, f"{STATEMENTS}?madeWhenFrom=2024-12-02&house=Bicameral&take=2&skip=1"))
    assert page["totalResults"] == 4
    assert [row["value"]["id"] for row in page["results"]] == [4, 3]
    lords = json.loads(text_of(world, f"{STATEMENTS}?house=Lords&madeWhenTo=2024-12-03"))
    assert [row["value"]["id"] for row in lords["results"]] == [2]


def test_a_preview_is_cut_at_255_characters_and_runs_paragraphs_together() -> None:
    assert preview("<p>statement.</p><p>In short</p>") == "statement.In short"
    assert preview(f"<p>{'word ' * 100}</p>") == ("word " * 51) + "..."
