"""Every key that tomllib finds has a place, and the text at that place is the value."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config.positions import KeyPath, locate


def paths_in(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, child in value.items():
            yield from paths_in(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from paths_in(child, (*path, index))


def assert_located(text: str) -> None:
    positions = locate(text)
    found = dict(paths_in(tomllib.loads(text)))
    assert set(positions.places) == set(found)
    for path, value in found.items():
        place = positions.places[path]
        written = positions.text[place.value : place.end]
        is_header = written.startswith("[") and positions.line(
            positions.line_and_column(place.value)[0]
        ).lstrip().startswith("[")
        if not is_header and written:
            assert tomllib.loads(f"value = {written}") == {"value": value}
        key = next((part for part in reversed(path) if isinstance(part, str)), None)
        if isinstance(path[-1], str):
            line, column = positions.line_and_column(place.key)
            rest = positions.line(line)[column - 1 :]
            assert rest.startswith((str(key), '"', "'"))


def test_a_key_and_its_value_are_found_on_their_line() -> None:
    positions = locate('# top\n\n[http]\n  timeout   = "20s"  # each\n')
    place = positions.places["http", "timeout"]
    assert positions.line_and_column(place.key) == (4, 3)
    assert positions.line_and_column(place.value) == (4, 15)
    assert positions.text[place.value : place.end] == '"20s"'


def test_a_table_is_placed_at_its_header() -> None:
    positions = locate("a = 1\n[[feed]]\nname = 'x'\n\n  [[feed]]\nname = 'y'\n")
    assert positions.line_and_column(positions.places["feed", 0].value) == (2, 1)
    assert positions.line_and_column(positions.places["feed", 1].value) == (5, 3)
    assert positions.line_and_column(positions.places["feed", 1, "name"].value) == (6, 8)


def test_nested_arrays_of_tables_belong_to_the_newest_table_above_them() -> None:
    text = "[[watch]]\nname='a'\n[[watch.test]]\nmatch=['1']\n[[watch]]\n[[watch.test]]\n[[watch.test]]\nmatch=['2']\n"
    assert_located(text)
    assert locate(text).line_and_column(locate(text).places["watch", 1, "test", 1, "match", 0].value) == (8, 8)


def test_a_missing_key_falls_back_to_its_table_and_then_to_the_top() -> None:
    positions = locate("[http]\na = 1\n")
    assert positions.place(("http", "b")) == positions.places["http",]
    assert positions.line_and_column(positions.place(("mail", "from")).key) == (1, 1)


def test_windows_line_ends_do_not_shift_anything() -> None:
    assert locate("a = 1\r\nbb = 2\r\n").line_and_column(8) == (2, 3)


def test_every_form_of_toml_is_located() -> None:
    assert_located(
        '''title = "TOML \\"quoted\\" # no comment"
literal = 'C:\\path\\'
empty = ""
multi = """
one = 2 \\
   [not.a.header] """
quotes = """a "quoted" word"" ends"""""
raw = \'\'\'
[[x]] \'\' y\'\'\'\'\'
site."google.com".on = true
3.14 = "pi"
'quoted key'."and \\u00e9" = 1
when = 1979-05-27 07:32:00Z
day = 1979-05-27 # comment
clock = 07:32:00.5
numbers = [ 1_000, 0x1F, 1e6, -inf, ]
'''
        + """mixed = [ # comment ]
  [1, 2], # [
  { x = 1, y.z = [ {a = 2}, "]" ] }
  ,

]
point = { "x y" = 1 , t = {} }
[ a . "b" ]
c = [ ]
[a.b.d]
[[a.list]]
[a.list.sub]
k.l = 1
[a.list.sub.deep]
[[a.list]]
k = 1
[a]
late = 1
"""
    )


_keys = st.one_of(st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True), st.text(max_size=6))
_scalars = st.one_of(
    st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False), st.text(max_size=12),
    st.datetimes(), st.dates(), st.times(),
)  # fmt: skip
_values = st.recursive(_scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3))
_tables = st.recursive(
    st.dictionaries(_keys, _values, max_size=3),
    lambda inner: st.dictionaries(_keys, inner | st.lists(inner, min_size=1, max_size=3), max_size=3),
    max_leaves=8,
)


def basic_string(text: str) -> str:
    """A string in TOML's basic form; JSON's escapes are a part of TOML's, but for surrogate pairs and DEL."""
    return "".join(
        json.dumps(char)[1:-1] if char in '"\\' or ord(char) < 32 else char.replace("\x7f", "\\u007f") for char in text
    )


class Writer:
    """Writes a document as TOML in one of the many ways it can be written, chosen by `draw`."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def gap(self) -> str:
        return self.draw(st.sampled_from(["", " ", "\t ", "  "]))

    def blank(self) -> str:
        return self.draw(st.sampled_from(["", " ", "\n", " # ] } ' \" [x]\n", "\n\n\t"]))

    def key(self, key: str) -> str:
        bare = key.isascii() and key.replace("-", "a").replace("_", "a").isalnum()
        return key if bare and self.draw(st.booleans()) else f'"{basic_string(key)}"'

    def string(self, text: str) -> str:
        plain = all(char.isprintable() and char != "'" for char in text)
        form = self.draw(
            st.sampled_from(["basic", "multi", "literal" if plain else "basic", "raw" if plain else "basic"])
        )
        return {"basic": f'"{basic_string(text)}"', "multi": f'"""\n{basic_string(text)}"""', "literal": f"'{text}'",
                "raw": f"'''{text}'''"}[form]  # fmt: skip

    def value(self, value: object) -> str:
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, (int, float)):
            return repr(value)
        if isinstance(value, list):
            return "[" + ",".join(self.blank() + self.value(item) + self.blank() for item in value) + self.blank() + "]"
        if isinstance(value, dict):
            pairs = [self.gap() + self.pair(key, item) + self.gap() for key, item in value.items()]
            return "{" + ",".join(pairs) + "}"
        return str(value)  # dates and times

    def pair(self, key: str, value: object) -> str:
        if isinstance(value, dict) and len(value) == 1 and self.draw(st.booleans()):
            inner, item = next(iter(value.items()))
            return f"{self.key(key)}{self.gap()}.{self.gap()}{self.pair(inner, item)}"
        return f"{self.key(key)}{self.gap()}={self.gap()}{self.value(value)}"

    def table(self, table: dict[str, object], header: tuple[str, ...] = ()) -> str:
        """Pairs first, as TOML asks; then the tables below, each under a header of its own."""
        pairs, below = "", ""
        for key, value in table.items():
            name = ".".join(self.key(part) for part in (*header, key))
            if isinstance(value, dict) and self.draw(st.booleans()):
                below += f"{self.gap()}[{self.gap()}{name}{self.gap()}]\n" + self.table(value, (*header, key))
            elif (
                isinstance(value, list)
                and value
                and all(isinstance(v, dict) for v in value)
                and self.draw(st.booleans())
            ):
                for item in value:
                    below += f"[[{name}]] # one\n" + self.table(item, (*header, key))
            else:
                pairs += self.gap() + self.pair(key, value) + self.gap() + "\n"
        return pairs + below


@st.composite
def documents(draw: st.DrawFn) -> str:
    return Writer(draw).table(draw(_tables))


@settings(max_examples=150, deadline=None)
@given(documents())
def test_whatever_tomllib_reads_is_located(text: str) -> None:
    assert_located(text)
