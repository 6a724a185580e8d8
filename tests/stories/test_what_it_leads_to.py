"""A statement names other publications in every way there is, and each of them is a link with its sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.fakes.documents import FileAttachment
from tests.fakes.parliament import StatementFile
from tests.fakes.pdf_files import pdf_of, set_in_lines
from tests.house import House, at, document, statement

PDF = pdf_of([set_in_lines("Where the masts will stand.", top=700)])
FILE = FileAttachment("1", "Radar plan", "radar.pdf", "5f0000000000000000000001", PDF, command_paper_number="CP 1210")
PLAN = document("radar-plan", "Radar plan", "<p>Masts.</p>", "2024-12-09 09:00", files=(FILE,))
SAID = (
    f'<p>See the <a href="http://www.gov.uk{PLAN.path}#masts">radar plan</a> and <a href="{FILE.url}">its file</a>.</p>'
    "<p>I spoke of this in HCWS270. It is laid as CP 1210, and in the Libraries as DEP2024-0912.</p>"
    "<p>I refer to my statement of 2 December 2024, Official Report, column 14WS. ISBN 978-1-5286-5290-2 is its number.</p>"
)


def links_of(house: House, name: str) -> dict[str, dict[str, Any]]:
    return {link["target"]: link for link in house.run("links", name).json["links"]}


def test_every_kind_of_link_has_its_sentence_its_method_and_its_confidence(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        house.world.publish(PLAN)
        house.world.make_statement(statement(270, "Earlier", "<p>On small boats.</p>", "2024-12-09"))
        annex = StatementFile("https://qna.files.parliament.uk/ws-attachments/1/annex.pdf", "Annex A")
        house.world.make_statement(statement(281, "Radar", SAID, "2024-12-10", files=(annex,)))
        house.run("run", "--once", now=at("2024-12-10 12:00"))
        links = links_of(house, "HCWS281")
        told = {
            target: (link["rel"], link["method"], link["confidence"], link["sentence"].partition(".")[0])
            for target, link in links.items()
        }
        plan_key = house.run("show", f"https://www.gov.uk{PLAN.path}").json["key"]
        assert told == {
            f"http://www.gov.uk{PLAN.path}#masts": ("cites", "hyperlink", 1.0, "See the radar plan and its file"),
            FILE.url: ("cites", "hyperlink", 1.0, "See the radar plan and its file"),
            "HCWS270": ("cites", "identifier", 1.0, "I spoke of this in HCWS270"),
            "CP 1210": ("cites", "identifier", 1.0, "It is laid as CP 1210, and in the Libraries as DEP2024-0912"),
            "DEP2024-0912": ("cites", "identifier", 1.0, "It is laid as CP 1210, and in the Libraries as DEP2024-0912"),
            "Official Report, 2 December 2024, column 14WS": (
                "cites", "identifier", 1.0, "I refer to my statement of 2 December 2024, Official Report, column 14WS",
            ),
            "ISBN 978-1-5286-5290-2": ("cites", "identifier", 1.0, "ISBN 978-1-5286-5290-2 is its number"),
            annex.url: ("attachment", "publisher", 1.0, ""),
        }  # fmt: skip
        leads_to = {target: link["to"] for target, link in links.items() if link["to"]}
        assert leads_to == {
            f"http://www.gov.uk{PLAN.path}#masts": plan_key,
            FILE.url: plan_key,
            "CP 1210": plan_key,
            "HCWS270": "parliament:1000270",
        }
        assert {"HCWS270"} == links_of(house, "HCWS270").keys()
