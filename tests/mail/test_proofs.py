"""The operator's templates are tried with specimens, in a process with limits, before any mail depends on them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from monitor.mail.environment import packaged_templates
from monitor.mail.proofs import BOUNDS, prove_templates


def written(folder: Path, **templates: str) -> Path:
    """A folder of templates; `cy__digest_txt` is cy/digest.txt."""
    for name, text in templates.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_templates_and_an_empty_folder_are_proved(tmp_path):
    assert prove_templates(None) == ()
    assert prove_templates(tmp_path) == ()
    shutil.copytree(packaged_templates(), tmp_path / "copy")
    assert prove_templates(tmp_path / "copy") == ()


def test_every_mistake_in_a_folder_is_told_at_once_with_its_file_line_and_remedy(tmp_path):
    folder = written(
        tmp_path,
        digest_subject_txt="{{ digest.tally.__class__ }}",
        digest_txt="Hello\n{{ digest.nothing_like_it }}\n{{ stop_all }}",
        confirm_html="<p>\n\n{% for %}",
        fault_txt="\n{{ faults[7].name }}",
        cy__digest_txt="\n\n\n{{ 1 / 0 }}",
        confirm_txt="{{ 'a' * 10 ** 11 }}",
    )
    found = {Path(one.path).relative_to(folder).as_posix(): one for one in prove_templates(folder)}
    assert {name: one.line for name, one in found.items()} == {
        "digest.subject.txt": 1, "digest.txt": 2, "confirm.html": 3, "fault.txt": 2, "cy/digest.txt": 4, "confirm.txt": 1,
    }  # fmt: skip
    assert "nothing_like_it" in found["digest.txt"].message
    assert found["digest.txt"].source_line == "{{ digest.nothing_like_it }}"
    assert "memory" in found["confirm.txt"].message
    assert all(one.help for one in found.values())


def test_words_of_publishers_cannot_be_let_through_unescaped(tmp_path):
    folder = written(
        tmp_path,
        digest_html="\n{{ digest.lead | safe }}",
        confirm_html="{% autoescape false %}{{ token }}{% endautoescape %}",
    )
    assert [(Path(one.path).name, one.line) for one in prove_templates(folder)] == [
        ("confirm.html", 1),
        ("digest.html", 2),
    ]


def test_a_template_without_end_is_stopped_and_named(tmp_path):
    endless = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
    folder = written(tmp_path, digest_txt=endless, fault_txt="{{ nobody }}")
    one, other = prove_templates(folder, replace(BOUNDS, seconds=0.5))
    assert Path(one.path) == folder / "digest.txt"
    assert "longer than a mail may" in one.message
    assert Path(other.path) == folder / "fault.txt", "the others are tried all the same"


def test_a_digest_that_does_not_say_how_to_stop_is_refused(tmp_path):
    [one] = prove_templates(written(tmp_path, digest_txt="{{ digest.tally }}\n"))
    assert Path(one.path) == tmp_path / "digest.txt"
    assert "{{ stop_all | url }}" in one.message


def test_a_piece_that_breaks_a_template_of_ours_is_pointed_at(tmp_path):
    found = prove_templates(written(tmp_path, macros_html="nothing"))
    assert {Path(one.path).name for one in found} == {"digest.html", "confirm.html"}
    assert all("macros.html" in one.help for one in found)


def test_a_folder_that_is_not_there_is_told_with_its_remedy(tmp_path):
    [one] = prove_templates(tmp_path / "missing")
    assert "templates copy" in one.help
