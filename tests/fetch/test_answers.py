"""What a status, a Location and a Retry-After mean."""

from __future__ import annotations

import pytest

from monitor.errors import FetchError
from monitor.fetch.answers import Answer, follow, retry_after
from monitor.model.exchange import Request, Validators

URL = "https://www.gov.uk/feed"
MONDAY = "Mon, 23 Nov 2026 12:00:00 GMT"


class Site:
    """Answers by address, and remembers who was asked for and how much of the deadline was spent by then."""

    def __init__(self, **answers: Answer) -> None:
        self.answers = {path.replace("_", "/"): answer for path, answer in answers.items()}
        self.asked: list[str] = []
        self.spent: list[float] = []
        self.validators: list[Validators] = []

    def __call__(self, url: str, validators: Validators, spent: float) -> Answer:
        self.asked.append(url)
        self.spent.append(spent)
        self.validators.append(validators)
        return self.answers[url.removeprefix("https://www.gov.uk")]


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(status, {"location": to}, b"", elapsed=1.5)


def found(body: bytes = b"words") -> Answer:
    return Answer(200, {"etag": '"1"'}, body, elapsed=0.25)


def refusal(status: int, **headers: str) -> Answer:
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, b"")


def fault(answer: Answer, validators: Validators = Validators()) -> FetchError:  # noqa: B008 - it is frozen
    with pytest.raises(FetchError) as raised:
        follow(Request(URL, "feed"), validators, Site(_feed=answer))
    return raised.value


@pytest.mark.parametrize("status", [200, 404, 410])
def test_these_are_answers(status):
    response = follow(Request(URL, "feed"), Validators(), Site(_feed=refusal(status)))
    assert (response.status, response.final_url, response.moved_to) == (status, URL, None)


def test_304_answers_only_a_question_with_validators():
    assert follow(Request(URL, "feed"), Validators(etag='"1"'), Site(_feed=refusal(304))).status == 304
    assert "without validators" in fault(refusal(304)).message


@pytest.mark.parametrize(
    ("answer", "message", "transient", "pause"),
    [
        (refusal(429, retry_after="60"), "www.gov.uk asked us to wait 60 s (429)", True, 60),
        (refusal(429), "www.gov.uk had too many requests from us (429); we wait 60 s", True, 60),
        (refusal(503, retry_after="120"), "www.gov.uk asked us to wait 120 s (503)", True, 120),
        (refusal(503), "www.gov.uk has a fault of its own (503)", True, None),
        (refusal(500), "www.gov.uk has a fault of its own (500)", True, None),
        (refusal(403), "www.gov.uk does not let us in (403)", False, None),
        (refusal(400), "www.gov.uk answered 400, which we cannot use", False, None),
        (refusal(422), "www.gov.uk answered 422, which we cannot use", False, None),
        (refusal(408), "www.gov.uk answered 408, which we cannot use", True, None),
        (refusal(204), "www.gov.uk answered 204, which we cannot use", False, None),
        (refusal(206), "www.gov.uk answered 206, which we cannot use", False, None),
        (refusal(300), "www.gov.uk answered 300, which we cannot use", False, None),
    ],
)
def test_everything_else_is_a_fault_in_words(answer, message, transient, pause):
    error = fault(answer)
    assert (error.message, error.transient, error.retry_after) == (message, transient, pause)
    assert (error.status, error.url) == (answer.status, URL)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            b'{"error": "\\"colour\\" is not\\n a valid filter"}',
            'refuses the question (422): "colour" is not a valid filter',
        ),
        (b'{"title": "Bad Request", "detail": "take is too large"}', "refuses the question (422): take is too large"),
        (b'{"title": "Bad Request", "status": 400}', "refuses the question (422): Bad Request"),
        (b'{"error": {"a": 1}}', "answered 422, which we cannot use"),
        (b"[" * 100_000, "answered 422, which we cannot use"),
        (b"[1]", "answered 422, which we cannot use"),
        (b'{"error": "' + b"x" * 10_000 + b'"}', "answered 422, which we cannot use"),
        (b"<html>", "answered 422, which we cannot use"),
    ],
)
def test_what_a_publisher_says_is_wrong_with_our_question_is_passed_on(body, message):
    error = fault(Answer(422, {}, body))
    assert (error.message, error.transient) == (f"www.gov.uk {message}", False)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "90"}, 90),
        ({"retry_after": "0"}, 0),
        ({"retry_after": " 90 "}, 90),
        ({"retry_after": "99999999999999999999"}, 86_400),
        ({"retry_after": "Mon, 23 Nov 2026 12:02:30 GMT", "date": MONDAY}, 150),
        ({"retry_after": "Mon, 23 Nov 2026 11:00:00 GMT", "date": MONDAY}, 0),
        ({"retry_after": "Monday, 23-Nov-26 12:02:30 GMT", "date": MONDAY}, 150),
        ({"retry_after": "Mon, 23 Nov 2026 12:02:30 GMT"}, 60),
        ({"retry_after": "soon", "date": MONDAY}, 60),
        ({"retry_after": "-5"}, 60),
        ({"retry_after": "٣"}, 60),
        ({}, 60),
    ],
)
def test_retry_after_is_seconds_or_a_date_against_the_answers_own(headers, seconds):
    assert retry_after(refusal(429, **headers)) == seconds


@pytest.mark.parametrize("status", [200, 302, 404, 410])
def test_an_answer_asks_nobody_to_wait(status):
    assert retry_after(refusal(status, retry_after="60")) is None


def test_redirects_are_followed_to_the_last_answer():
    site = Site(_feed=redirect("/a"), _a=redirect("b?x=1#part"), **{"_b?x=1": found()})
    response = follow(Request(URL, "feed"), Validators(), site)
    assert (response.status, response.body, response.final_url) == (200, b"words", "https://www.gov.uk/b?x=1")
    assert response.request.url == URL
    assert response.elapsed_ms == 3250
    assert site.spent == [0.0, 1.5, 3.0]


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("//www.gov.uk/media/1", "/media/1"),
        ("https://www.gov.uk/media/1", "/media/1"),
        ("../media/1", "/media/1"),
        ("/media/a b.pdf", "/media/a%20b.pdf"),
        ("/media/a%20b.pdf", "/media/a%20b.pdf"),
        ("/media/é".encode().decode("latin-1"), "/media/%C3%A9"),
        ("?page=2", "/feed?page=2"),
    ],
)
def test_a_location_of_any_form_is_understood(location, leads_to):
    site = Site(_feed=redirect(location))
    site.answers[leads_to] = found()
    assert follow(Request(URL, "feed"), Validators(), site).final_url == "https://www.gov.uk" + leads_to


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [
        ((301,), "/1"),
        ((308,), "/1"),
        ((301, 308), "/2"),
        ((301, 302), "/1"),
        ((302, 301), None),
        ((307,), None),
        ((303,), None),
    ],
)
def test_only_permanent_redirects_say_that_the_address_moved(statuses, moved_to):
    site = Site(_feed=redirect("/1", statuses[0]))
    for number, status in enumerate(statuses[1:], 1):
        site.answers[f"/{number}"] = redirect(f"/{number + 1}", status)
    site.answers[f"/{len(statuses)}"] = found()
    response = follow(Request(URL, "feed"), Validators(), site)
    assert response.moved_to == (moved_to and "https://www.gov.uk" + moved_to)


def test_five_redirects_are_followed_and_no_sixth():
    site = Site(_feed=redirect("/1"), **{f"_{n}": redirect(f"/{n + 1}") for n in range(1, 5)}, _5=found())
    assert follow(Request(URL, "feed"), Validators(), site).body == b"words"
    site.answers["/5"] = redirect("/6")
    with pytest.raises(FetchError, match="more than 5 times"):
        follow(Request(URL, "feed"), Validators(), site)


def test_validators_are_sent_at_every_hop():
    site = Site(_feed=redirect("/a"), _a=refusal(304))
    mine = Validators(etag='"1"')
    assert follow(Request(URL, "feed"), mine, site).status == 304
    assert site.validators == [mine, mine]


def test_a_circle_is_called_one():
    site = Site(_feed=redirect("/a"), _a=redirect("/feed"))
    with pytest.raises(FetchError, match="in a circle"):
        follow(Request(URL, "feed"), Validators(), site)
    assert len(site.asked) == 2


@pytest.mark.parametrize("location", ["", "http://[::1"])
def test_a_redirect_to_nowhere_is_a_fault(location):
    assert "redirected (302)" in fault(redirect(location)).message
