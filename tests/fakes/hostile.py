"""Answers built to harm whoever reads them: on the wire, in their status, in XML, in JSON, in HTML. Each has a name."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{}</feed>'
_RSS = '<rss version="2.0"><channel><title>F</title>{}</channel></rss>'
_GOOD = _ATOM.format("<entry><id>1</id><title>T</title></entry>").encode()
_LARGE = 7_500_000
_ITEM = {
    "base_path": "/a", "content_id": "x", "schema_name": "publication", "document_type": "guidance", "title": "T", "links": {},
}  # fmt: skip

Body = bytes | Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Hostile:
    """One answer: which source is to read it, its body, and what `Publisher.set` takes besides."""

    name: str
    source: str
    body: Body
    more: dict[str, Any] = field(default_factory=dict)


def hostile_answers() -> tuple[Hostile, ...]:
    """All of them."""
    return (*_wire(), *_redirects(), *_statuses(), *_xml(), *_entities(), *_encodings(), *_feeds(), *_json(), *_html())


def _feed(name: str, body: Body, **more: Any) -> Hostile:
    return Hostile(name, "feed", body, more)


def _wire() -> Iterator[Hostile]:
    """Bodies that are cut, padded, inflated, dripped, or never come."""
    for tenth in range(1, 10):
        yield _feed(f"cut at {tenth} tenths", _GOOD, truncate_at=len(_GOOD) * tenth // 10)
    packed = gzip.compress(_GOOD)
    for end in (1, 10, 20, len(packed) - 8, len(packed) - 1):
        yield _feed(f"gzip cut at {end}", packed[:end], headers={"Content-Encoding": "gzip"})
    yield _feed("gzip that is none", _GOOD, headers={"Content-Encoding": "gzip"})
    yield _feed("gzip with noise behind", packed + b"noise" * 100, headers={"Content-Encoding": "gzip"})
    yield _feed("a hundred gzip members", packed * 100, headers={"Content-Encoding": "gzip"})
    for size in (10, 100, 500):
        yield _feed(f"a gzip bomb of {size} MB", lambda _, size=size: _bomb(size), headers={"Content-Encoding": "gzip"})
    for coding in (
        "gzip, gzip",
        "gzip,gzip",
        "x-gzip, gzip",
        "br",
        "deflate",
        "zstd",
        "compress",
        "gzip, br",
        "identity, gzip",
    ):
        yield _feed(f"the coding {coding}", gzip.compress(packed), headers={"Content-Encoding": coding})
    for length in ("-1", "0", "99999999999", "1e3", "nonsense"):
        yield _feed(f"two lengths, one {length}", _GOOD, headers={"content-length": length})
    yield _feed("larger than a list may be", lambda _: b"<feed>" + b" " * 9_000_000)
    yield _feed("a header of 200 kB", _GOOD, headers={"X-Large": "x" * 200_000})
    yield _feed("five hundred headers", _GOOD, headers={f"X-{number}": "x" for number in range(500)})
    yield _feed("a byte a tenth of a second", _GOOD, drip=0.1)
    yield _feed("a byte a second", _GOOD, drip=1.0)
    yield _feed("silence", _GOOD, hang=True)


def _redirects() -> Iterator[Hostile]:
    """Redirects in circles, and to where nobody may go."""
    for to in (
        "http://127.0.0.1/", "http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://localhost/",
        "http://[::ffff:127.0.0.1]/", "http://0x7f000001/", "http://2130706433/", "file:///etc/passwd", "ftp://www.gov.uk/",
        "gopher://127.0.0.1:25/", "data:text/html,hello", "javascript:alert(1)", "//evil.invalid/", "https://u:p@www.gov.uk/",
        "http://www.gov.uk@127.0.0.1/", "\\\\evil.invalid\\x", "http://", "http://%00/", "",
    ):  # fmt: skip
        yield _feed(f"a redirect to {to or 'nowhere'}", b"", status=302, headers={"Location": to})
    yield _feed("a redirect to itself", b"", status=301, headers={"Location": "?"})


def _statuses() -> Iterator[Hostile]:
    for status in (
        204,
        206,
        304,
        400,
        401,
        402,
        403,
        404,
        405,
        406,
        409,
        410,
        418,
        422,
        425,
        451,
        500,
        501,
        502,
        504,
        505,
        511,
        599,
    ):
        yield _feed(f"status {status}", _GOOD, status=status)
    yield _feed("422 with a message of a megabyte", json.dumps({"error": "x" * 1_000_000}).encode(), status=422)
    for wish in ("soon", "-5", "99999999999999999999", "Mon, 99 Foo 9999 99:99:99 GMT"):
        yield _feed(f"503 with Retry-After {wish}", b"", status=503, headers={"Retry-After": wish})


def _xml() -> Iterator[Hostile]:
    """XML that is too deep, too wide, or of another kind."""
    for depth in (65, 1_000, 100_000):
        yield _feed(f"elements {depth} deep", _ATOM.format("<a>" * depth + "</a>" * depth).encode())
        yield _feed(f"elements {depth} deep, never closed", _ATOM.format("<a>" * depth).encode())
    for number in (257, 20_000, 200_000):
        attributes = " ".join(f'a{one}=""' for one in range(number))
        yield _feed(f"an element with {number} attributes", _ATOM.format(f"<a {attributes}/>").encode())
    for number in (257, 20_000):
        yield _feed(
            f"{number} namespaces",
            _ATOM.format("".join(f'<a xmlns:n{one}="u{one}"/>' for one in range(number))).encode(),
        )
    for number in (150_001, 1_000_000):
        yield _feed(f"{number} elements", lambda _, number=number: _ATOM.format("<a/>" * number).encode())
    for name, left, right in (
        ("comment", "<!--", "-->"), ("processing instruction", "<?a ", "?>"), ("CDATA section", "<![CDATA[", "]]>"),
        ("title", "<title>", "</title>"), ("name", "<a", "/>"), ("attribute", '<a b="', '"/>'),
    ):  # fmt: skip
        yield _feed(
            f"a {name} of 7 MB", lambda _, left=left, right=right: _ATOM.format(left + "x" * _LARGE + right).encode()
        )
    for root in ("html", "svg", "opml", "urlset", "Envelope", "x:feed", "FEED"):
        yield _feed(f"a document that is <{root}>", f"<{root}><entry/></{root}>".encode())
    for broken in (
        "<feed",
        "<feed>",
        "</feed>",
        "<feed></rss>",
        "<feed><entry></feed>",
        "<feed>&bogus;</feed>",
        "<feed>\x01</feed>",
        "<",
    ):
        yield _feed(f"XML that is {broken!r}", broken.encode())


def _entities() -> Iterator[Hostile]:
    """Entities that multiply, or point elsewhere."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for name, doctype, words in (
        ("a billion laughs", f'<!DOCTYPE feed [<!ENTITY l0 "lol">{laughs}]>', "&l9;"),
        ("quadratic blow-up", f'<!DOCTYPE feed [<!ENTITY a "{"x" * 50_000}">]>', "&a;" * 50_000),
        ("an external entity", '<!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
        ("an external DTD", '<!DOCTYPE feed SYSTEM "http://127.0.0.1/a.dtd">', ""),
        ("a parameter entity", '<!DOCTYPE feed [<!ENTITY % a SYSTEM "http://127.0.0.1/"> %a;]>', ""),
        ("a plain DOCTYPE", "<!DOCTYPE feed>", ""),
    ):
        yield _feed(name, (doctype + _ATOM.format(f"<entry><title>{words}</title></entry>")).encode())


def _encodings() -> Iterator[Hostile]:
    """Bytes that lie about what letters they are."""
    for coding in ("utf-16", "utf-16-le", "utf-32", "utf-7", "cp037", "shift_jis"):
        yield _feed(f"a feed in {coding}", _GOOD.decode().encode(coding))
    for declared in ("utf-16", "ebcdic-cp-us", "x-unknown", "utf-7", "UTF-8\x00"):
        yield _feed(
            f"a feed that calls itself {declared!r}", f'<?xml version="1.0" encoding="{declared}"?>'.encode() + _GOOD
        )
    for name, noise in (
        ("overlong", b"\xc0\xaf"),
        ("surrogates", b"\xed\xa0\x80"),
        ("NUL", b"\x00"),
        ("Latin-1", b"\xe9"),
    ):
        yield _feed(f"a title with {name} bytes", _GOOD.replace(b">T<", b">" + noise + b"<"))
    yield _feed("nothing but a byte order mark", b"\xef\xbb\xbf")
    yield _feed("noise", bytes(range(256)) * 40)


def _feeds() -> Iterator[Hostile]:
    """Well-formed feeds that cost, repeat or mislead."""
    entry = "<entry><id>{0}</id><title>T{0}</title></entry>"
    yield _feed("20,000 entries", lambda _: _ATOM.format("".join(entry.format(n) for n in range(20_000))).encode())
    yield _feed("20,000 entries with one id", lambda _: _ATOM.format(entry.format(1) * 20_000).encode())
    for name, unit in (
        ("an xml:base each", '<entry xml:base="http://e{0}.org/"><id>{0}</id><link href="a"/></entry>'),
        (
            "an XHTML title each",
            '<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><b>{0}</b></div></title></entry>',
        ),
        ("a bad date each", "<entry><id>{0}</id><updated>99999-99-99T99:99:99Z</updated></entry>"),
    ):
        yield _feed(
            f"10,000 entries, {name}",
            lambda _, unit=unit: _ATOM.format("".join(unit.format(n) for n in range(10_000))).encode(),
        )
    yield _feed("30,000 titles in one entry", _ATOM.format(f"<entry>{'<title>a</title>' * 30_000}</entry>").encode())
    for name, title in (
        ("headers", "=?utf-8?q?hi=0D=0ABcc:_evil=40x?="), ("line ends", "A&#13;&#10;Bcc: evil@x"),
        ("bidi marks", "&#x202E;gpj.exe"), ("a script", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a formula", "=cmd|'/c calc'!A1"), ("200 kB", "x" * 200_000),
    ):  # fmt: skip
        yield _feed(f"a title with {name}", _RSS.format(f"<item><guid>1</guid><title>{title}</title></item>").encode())
    yield _feed(
        "links of every scheme",
        _RSS.format("".join(f"<item><link>{s}:x</link></item>" for s in ("javascript", "file", "data"))).encode(),
    )


def _json() -> Iterator[Hostile]:
    """JSON that is deep, long, or not what was asked for."""
    for source in ("written_statements", "govuk_search", "govuk_content", "deposited_papers"):
        for name, body in (
            ("null", b"null"), ("true", b"true"), ("a number", b"1e999"), ("a list", b"[1]"), ("nothing in it", b"{}"),
            ("a list too deep", b"[" * 100_000), ("an object too deep", b'{"a":' * 100_000), ("cut short", b'{"results": [{"va'),
        ):  # fmt: skip
            yield Hostile(f"{source}: {name}", source, body)
    rows = [{"value": {"id": one}} for one in (-1, 2**70, "x", None)]
    yield Hostile(
        "written_statements: rows with odd ids",
        "written_statements",
        json.dumps({"results": rows, "totalResults": 4}).encode(),
    )
    yield Hostile(
        "written_statements: a total that lies", "written_statements", b'{"results": [], "totalResults": 1000000000}'
    )
    yield Hostile(
        "written_statements: digits by the million",
        "written_statements",
        b'{"totalResults": ' + b"9" * 2_000_000 + b"}",
    )
    yield Hostile(
        "govuk_search: links elsewhere",
        "govuk_search",
        b'{"results": [{"link": "//evil.invalid/"}, {"link": "javascript:x"}]}',
    )


def _html() -> Iterator[Hostile]:
    """Pages whose words cost."""
    for name, unit, number in (
        ("attributes", " a{0}=''", 30_000), ("paragraphs", "<p>a", 400_000), ("bold in bold", "<b>", 200_000),
        ("boxes in boxes", "<div>", 200_000), ("tables in tables", "<table><tr><td>", 100_000),
        ("links", "<a href='x{0}'>b</a>", 50_000),
        ("lists in lists", "<ol><li>a", 100_000), ("drawings", "<svg><p>", 100_000), ("choices", "<select><option>a", 100_000),
        ("entities", "&amp;", 400_000), ("unknown entities", "&bogus;", 200_000), ("open comments", "<!--", 200_000),
    ):  # fmt: skip
        head = "<p" if name == "attributes" else ""

        def page(_: str, unit: str = unit, number: int = number, head: str = head) -> bytes:
            html = head + "".join(unit.format(place) for place in range(number)) + ">"
            return json.dumps({**_ITEM, "details": {"body": html}}).encode()

        yield Hostile(f"a page of {name}", "govuk_content", page)


def _bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(megabytes)) + packer.flush()
