"""robots.txt by status and text: crawlers are told apart by name, and no file keeps one busy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.sites.robots import MAX_BYTES, Robots

AGENT = "Winnow/0.3 (+https://paper.example/otherbot; ann@example.org)"
HOST = "https://paper.example"


def robots(text: str | bytes, status: int | None = 200) -> Robots:
    return Robots.read(status, text.encode() if isinstance(text, str) else text, AGENT)


@pytest.mark.parametrize("status", [200, 203])
def test_what_a_site_forbids_is_forbidden(status: int) -> None:
    found = robots("User-agent: *\nDisallow: /private/\nAllow: /private/open\n", status)
    assert not found.waits
    assert found.allows(f"{HOST}/news")
    assert not found.allows(f"{HOST}/private/a")
    assert found.allows(f"{HOST}/private/open/a")


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 410, 451])
def test_where_there_is_none_all_is_allowed_whatever_the_body_says(status: int) -> None:
    found = robots("User-agent: *\nDisallow: /\nSitemap: /map.xml", status)
    assert not found.waits
    assert found.allows(f"{HOST}/news")
    assert found.sitemaps == ()
    assert str(status) in found.why


@pytest.mark.parametrize("status", [None, 500, 502, 503, 504, 429])
def test_a_site_whose_rules_are_unknown_waits(status: int | None) -> None:
    found = robots("User-agent: *\nAllow: /", status)
    assert found.waits
    assert not found.allows(f"{HOST}/news")


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: winnow\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: WINNOW\nDisallow: /private", True),
        ("User-agent: winnow/0.3\nDisallow: /", False),
        ("User-agent: otherbot\nUser-agent: winnow\nDisallow: /", False),
        ("User-agent: winnow\nDisallow: /a\nUser-agent: otherbot\nDisallow: /", True),
        ("User-agent: winnow\nDisallow: /a\n\nUser-agent: winnow\nDisallow: /news", False),
        ("User-agent: win\nDisallow: /", True),
        ("User-agent: w\nDisallow: /", True),
        ("User-agent: winnower\nDisallow: /", True),
        ("User-agent: otherbot\nDisallow: /", True),
        ("User-agent: example\nDisallow: /", True),
        ("User-agent: * # everybody\nDisallow: /", False),
        ("User-agent: *\nSitemap: /map.xml\nDisallow: /", False),
        ("User-agent: *\nClean-param: ref\nDisallow: /news", False),
        ("User-agent:\nDisallow: /", True),
        ("Disallow: /", True),
        ("user-agent:*\r\ndisallow:/news\r\n", False),
        ("User-agent: *\rDisallow: /news\r", False),
        ("\ufeffUser-agent: *\nDisallow: /news", False),
        ("User agent *\nDissallow /news", False),
        ("User-agent: *\nDisallow: /*s$", False),
        ("User-agent: *\nDisallow: /n*w?x", True),
        ("User-agent: *\nDisallow:", True),
        ("", True),
    ],
)
def test_groups_are_found_by_the_name_of_the_crawler(rules: str, allowed: bool) -> None:
    assert robots(rules).allows(f"{HOST}/news") is allowed


def test_a_file_in_utf_16_is_obeyed() -> None:
    assert not robots("User-agent: *\nDisallow: /".encode("utf-16")).allows(f"{HOST}/news")


@pytest.mark.parametrize(
    ("rules", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nCrawl-delay: 2\nRequest-rate: 1/10", 10.0),
        ("User-agent: winnow\nCrawl-delay: 3\nUser-agent: *\nCrawl-delay: 9", 3.0),
        ("User-agent: otherbot\nCrawl-delay: 9", None),
        ("User-agent: *\nCrawl-delay: soon", None),
        ("User-agent: *\nCrawl-delay: -1", None),
        ("User-agent: *\nCrawl-delay: inf", None),
        ("User-agent: *\nRequest-rate: 0/10", None),
        ("", None),
    ],
)
def test_how_long_to_wait_between_requests(rules: str, delay: float | None) -> None:
    assert robots(rules).crawl_delay == delay


def test_sitemaps_stand_in_any_place_and_once() -> None:
    text = "Sitemap: /map.xml\nUser-agent: otherbot\nSitemap: https://paper.example/2.xml # new\nsitemap:/map.xml\n"
    assert robots(text).sitemaps == ("/map.xml", "https://paper.example/2.xml")


@pytest.mark.parametrize("begin", ["<!DOCTYPE html>", "\n\n<html>", "\ufeff<!doctype html>"])
def test_html_is_no_rule(begin: str) -> None:
    found = robots(f"{begin}<body>\nUser-agent: *\nDisallow: /\n</body></html>")
    assert found.allows(f"{HOST}/news")
    assert "HTML" in found.why


def test_rules_behind_the_limit_do_not_count_nor_does_the_line_that_it_cuts() -> None:
    begin = "User-agent: *\nDisallow: /a\n"
    filling = "# \n" * ((MAX_BYTES - len(begin)) // 3)
    found = robots(f"{begin}{filling}Disallow: /news-and-more\nDisallow: /\n")
    assert not found.allows(f"{HOST}/a")
    assert found.allows(f"{HOST}/news")
    assert str(MAX_BYTES) in found.why


def test_thousands_of_names_above_thousands_of_rules_are_passed_over() -> None:
    names = "".join(f"User-agent: bot{number}\n" for number in range(15_000))
    found = robots(names + "Disallow: /a\n" * 10_000 + "User-agent: winnow\nDisallow: /news\n")
    assert not found.allows(f"{HOST}/news")


LINES = st.sampled_from(
    ["User-agent: *", "User-agent: winnow", "Disallow: /", "Allow: /a*$", "Crawl-delay: 1", "Sitemap: x", ":", "#"]
)


@given(st.one_of(st.binary(max_size=300), st.lists(LINES, max_size=12).map(lambda lines: "\n".join(lines).encode())))
def test_no_bytes_raise(body: bytes) -> None:
    found = Robots.read(200, body, AGENT)
    assert not found.waits
    for url in (f"{HOST}/", f"{HOST}/a?b#c", "https://[broken/", ""):
        assert found.allows(url) in (True, False)
    assert found.crawl_delay is None or found.crawl_delay >= 0


@given(st.text(max_size=20))
def test_any_name_is_told(agent: str) -> None:
    assert not Robots.read(200, b"User-agent: *\nDisallow: /", agent).allows(f"{HOST}/news")
