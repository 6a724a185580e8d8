"""robots.txt, read as RFC 9309 says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.fetch.robots import parse_robots, product_token

OURS = "publication-monitor"


def allows(robots: str, path: str) -> bool:
    return parse_robots(robots.encode(), OURS).allows(path)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/search/all", False),
        ("/search/all.atom", False),
        ("/search/all?keywords=ferry", False),
        ("/search/news-and-communications.atom", True),
        ("/government/organisations/home-office.atom", True),
        ("/api/content/government/speeches/x", True),
        ("/government/publications/x/print", False),
        ("/print", True),
        ("/government/publications/x/print-rooms", True),
        ("/government/publications/x/print?page=2", True),
    ],
)
def test_govuks_own_file_is_obeyed(corpus, path, allowed):
    robots = parse_robots((corpus / "govuk/site/www.gov.uk-robots.txt").read_bytes(), OURS)
    assert robots.allows(path) is allowed


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/fish", "/fish", True),
        ("/fish", "/fish.html", True),
        ("/fish", "/fish/salmon", True),
        ("/fish", "/Fish", False),
        ("/fish", "/catfish", False),
        ("/fish*", "/fishheads?id=1", True),
        ("/fish/", "/fish", False),
        ("/*.php", "/folder/name.php?a=b", True),
        ("/*.php", "/", False),
        ("/*.php$", "/folder/name.php", True),
        ("/*.php$", "/name.php?a=b", False),
        ("/*.php$", "/name.php.php", True),
        ("/fish*.php", "/fishheads/cat.php?x", True),
        ("/fish*.php", "/Fish.PHP", False),
        ("/$", "/", True),
        ("/$", "/a", False),
        ("/a$b", "/a%24b", False),
        ("/a%24b", "/a$b", True),
        ("/a%2Ab", "/a*b", True),
        ("/a%2Ab", "/axb", False),
        ("/*a*b*c$", "/xaxbxc", True),
        ("/*a*b*c$", "/xaxcxb", False),
        ("/a*a$", "/a", False),
        ("/%7ejoe", "/~joe", True),
        ("/~joe", "/%7Ejoe", True),
        ("/caf%c3%a9", "/café", True),
        ("/café", "/caf%C3%A9/menu", True),
        ("*/print", "/a/print", True),
    ],
)
def test_patterns_match_as_the_standard_says(pattern, path, matches):
    assert allows(f"User-agent: *\nDisallow: {pattern}\n", path) is not matches


def test_the_longest_match_decides():
    robots = "User-agent: *\nDisallow: /api\nAllow: /api/content\nDisallow: /api/content/secret\n"
    assert not allows(robots, "/api/search.json")
    assert allows(robots, "/api/content/x")
    assert not allows(robots, "/api/content/secret/x")


def test_allow_wins_between_equals():
    assert allows("User-agent: *\nDisallow: /page\nAllow: /page\n", "/page")


def test_our_own_group_replaces_the_one_for_everyone():
    robots = "User-agent: *\nDisallow: /\n\nUser-Agent: Publication-Monitor/2.0\nDisallow: /private\n"
    assert allows(robots, "/open")
    assert not allows(robots, "/private")


def test_our_own_empty_group_lets_us_in_everywhere():
    assert allows("User-agent: publication-monitor\nDisallow:\n\nUser-agent: *\nDisallow: /\n", "/x")


def test_groups_for_one_product_are_taken_together():
    robots = (
        f"User-agent: {OURS}\nDisallow: /a\n\nUser-agent: other\nDisallow: /c\n\nUser-agent: {OURS}\nDisallow: /b\n"
    )
    assert [allows(robots, path) for path in ("/a", "/b", "/c")] == [False, False, True]


def test_several_agents_may_share_a_group():
    robots = f"User-agent: other\nSitemap: https://x.example/s.xml\nUser-agent: {OURS}\nDisallow: /a\n"
    assert not allows(robots, "/a")


def test_rules_before_any_agent_and_lines_that_are_no_rules_are_passed_over():
    assert allows("Disallow: /\nnonsense\nUser-agent: *\nCrawl-delay: 10\nDisallow:\n", "/x")


def test_comments_and_a_byte_order_mark_and_all_line_ends_are_understood():
    robots = "\ufeffUser-agent: * # all\r\nDisallow: /a # not this\rDisallow: /b\nDisallow: /c"
    assert [allows(robots, path) for path in ("/a", "/b", "/c", "/d")] == [False, False, False, True]


def test_robots_txt_itself_may_always_be_read():
    assert allows("User-agent: *\nDisallow: /\n", "/robots.txt")


def test_an_html_page_in_its_place_forbids_nothing():
    assert allows("<!doctype html><title>Page not found</title><p>Disallow: /</p>", "/x")


def test_the_product_is_what_the_user_agent_begins_with():
    assert product_token("publication-monitor/1.0 (+https://example.org/about)") == OURS
    assert product_token("(odd)") == ""


@settings(max_examples=100)
@given(st.binary(max_size=200), st.text(max_size=30))
def test_any_bytes_are_some_rules(body, path):
    assert parse_robots(b"User-agent: *\nDisallow: " + body, OURS).allows("/" + path) in (True, False)
    assert parse_robots(body, OURS).allows("/robots.txt")


def test_a_pattern_full_of_wildcards_costs_no_more_than_its_length():
    assert allows("User-agent: *\nDisallow: /" + "*a" * 2_000 + "$\n", "/" + "a" * 5_000 + "b")
