"""Words in the mails stand out from their ground, by light and by dark: WCAG 2.2 §1.4.3, at least 4.5 to 1."""

from __future__ import annotations

import re

import pytest

from monitor.mail.environment import packaged_templates

STYLES = (packaged_templates() / "styles.html").read_text(encoding="utf-8")
LAYOUT = (packaged_templates() / "layout.html").read_text(encoding="utf-8")
DARK = LAYOUT[LAYOUT.index("prefers-color-scheme: dark") :]
INK_ON = {
    "card": "card", "sender": "card", "small": "card", "h3": "card", "facts": "card", "times": "card", "foot": "card",
    "link": "card", "kind-good": "card", "kind-changed": "card", "kind-bad": "card", "mark": "mark", "del": "del", "ins": "ins",
}  # fmt: skip
DARK_INK_ON = {
    "card": "card", "soft": "card", "link": "card", "kind-good": "card", "kind-changed": "card", "kind-bad": "card",
    "mark": "mark", "del": "del", "ins": "ins",
}  # fmt: skip


def light(name: str, what: str) -> str:
    style = re.search(rf'"{name}": +(?:font ~ )?"([^"]*)"', STYLES).group(1)
    return re.search(rf"(?:^|;){what}:(#[0-9a-f]{{6}})", style).group(1)


def dark(name: str, what: str) -> str:
    style = re.search(rf"\.{name}(?:, \.\w+)* {{([^}}]*)}}", DARK).group(1)
    return re.search(rf"(?:^|; | ){what}: (#[0-9a-f]{{6}})", style).group(1)


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, ground: str) -> float:
    brighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_the_yardstick_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("ink", "ground"), INK_ON.items())
def test_by_light(ink, ground):
    assert contrast(light(ink, "color"), light(ground, "background-color")) >= 4.5


@pytest.mark.parametrize(("ink", "ground"), DARK_INK_ON.items())
def test_by_dark(ink, ground):
    assert contrast(dark(ink, "color"), dark(ground, "background-color")) >= 4.5


@pytest.mark.parametrize("read", [light, dark])
def test_words_in_a_changed_passage_too(read):
    assert contrast(read("card", "color"), read("passage", "background-color")) >= 4.5
