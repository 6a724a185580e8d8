"""The address guard: what is refused by how it is written, and by where it leads."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.fetch.addresses import Address, AllowList, Refusal, is_public, parse_address, refuse_private
from tests.fetch.refused import PRIVATE, REFUSED_AS_WRITTEN

ALLOWED = AllowList(("www.gov.uk", "assets.publishing.service.gov.uk", "*.parliament.uk"))

PUBLIC = [
    *("151.101.0.144", "104.18.20.30", "1.1.1.1", "8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.255.255"),
    *("2a04:4e42::144", "2606:4700::6812:141e", "2001:4860:4860::8888"),
    *("::ffff:151.101.0.144", "64:ff9b::9765:90", "2002:9765:90::1"),
]


@pytest.mark.parametrize("url", REFUSED_AS_WRITTEN)
def test_an_address_is_refused_by_how_it_is_written(url):
    with pytest.raises(Refusal) as refused:
        ALLOWED.check_address(parse_address(url))
    assert not refused.value.transient


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_on_the_public_internet_is_refused(address):
    assert not is_public(address)
    with pytest.raises(Refusal):
        refuse_private("www.gov.uk", [address])


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_let_through(address):
    assert is_public(address)
    refuse_private("www.gov.uk", [address])


@pytest.mark.parametrize("private", ["127.0.0.1", "::1", "64:ff9b::10.0.0.1"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_private_address_among_public_ones_is_enough_to_refuse(private, place):
    addresses = ["151.101.0.144", "2a04:4e42::144"]
    addresses.insert(place, private)
    with pytest.raises(Refusal, match="not on the public internet"):
        refuse_private("www.gov.uk", addresses)


def test_a_host_without_any_address_may_have_one_later():
    with pytest.raises(Refusal) as refused:
        refuse_private("www.gov.uk", [])
    assert refused.value.transient


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.gov.uk", Address("https", "www.gov.uk", 443, "/")),
        ("HTTPS://WWW.GOV.UK:443/A?b=C#d", Address("https", "www.gov.uk", 443, "/A?b=C")),
        ("http://www.gov.uk.:80/", Address("http", "www.gov.uk", 80, "/")),
        ("https://www.gov.uk?x=1", Address("https", "www.gov.uk", 443, "/?x=1")),
        ("https://www.gov.uk/a b/é?q=£", Address("https", "www.gov.uk", 443, "/a%20b/%C3%A9?q=%C2%A3")),
        ("https://www.gov.uk/a%20b?o%5B%5D=x", Address("https", "www.gov.uk", 443, "/a%20b?o%5B%5D=x")),
        ("https://members-api.parliament.uk/api", Address("https", "members-api.parliament.uk", 443, "/api")),
        ("https://a.b.parliament.uk/", Address("https", "a.b.parliament.uk", 443, "/")),
        ("https://ｗｗｗ.gov.uk/", Address("https", "www.gov.uk", 443, "/")),
    ],
)
def test_an_allowed_address_is_taken_apart(url, expected):
    address = parse_address(url)
    ALLOWED.check_address(address)
    assert address == expected


def test_an_international_name_is_compared_in_its_ascii_form():
    assert parse_address("https://bücher.example/").host == "xn--bcher-kva.example"


def test_the_host_header_names_a_port_only_where_it_is_not_the_usual_one():
    assert parse_address("https://www.gov.uk/").authority == "www.gov.uk"
    assert parse_address("http://127.0.0.1:8080/").authority == "127.0.0.1:8080"
    assert parse_address("http://[::1]:8080/").authority == "[::1]:8080"


@settings(max_examples=100)
@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_in_every_wrapping(address):
    nat64 = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + int(address))
    assert is_public(f"::ffff:{address}") == is_public(str(nat64)) == is_public(str(address))


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_any_text_is_an_address_or_a_refusal(text):
    for url in (text, f"https://{text}", f"https://www.gov.uk/{text}"):
        try:
            address = parse_address(url)
        except Refusal:
            continue
        assert address.target.startswith("/")
        assert address.target.isascii()
        assert " " not in address.target
