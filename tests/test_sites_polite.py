"""What Winnow promises to sites, by the logs of sites on loopback: how often it asks, what it sends, what it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from lab.live_pages import Content, moved, story
from lab.live_site import LiveSite
from tests.nights import CONTACT, Nights, asked_of


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path)


@pytest.fixture
def content() -> Content:
    """Return a site whose only pages are those that its home page links to."""
    return Content(articles=0, feeds=(), sitemap="", weight=0)


@pytest.fixture
def site(content: Content) -> Iterator[LiveSite]:
    with LiveSite(content) as made:
        yield made


def test_a_host_is_asked_once_a_second_over_one_connection(nights: Nights, site: LiveSite, content: Content) -> None:
    content.linked, content.more = ["/a", "/b", "/c"], {f"/{name}": story(1) for name in "abc"}
    nights.settings = {"DELAY": 1}
    nights.add(site)
    nights.crawl()
    assert set(asked_of(site)) == {"/robots.txt", "/", "/a", "/b", "/c", "/news"}
    assert median(site.gaps()) > 0.9
    assert {asked.open for asked in site.log} == {1}


def test_crawl_delay_is_kept(nights: Nights, site: LiveSite, content: Content) -> None:
    content.linked, content.more = ["/a", "/b"], {f"/{name}": story(1) for name in "ab"}
    content.crawl_delay = 1.5
    nights.add(site)
    nights.crawl()
    assert median(site.gaps()) > 1.4


def test_a_site_that_wants_minutes_between_two_requests_is_paused(
    nights: Nights, site: LiveSite, content: Content
) -> None:
    content.crawl_delay = 120
    nights.add(site)
    nights.crawl()
    assert site.paths() == ["/robots.txt"]
    (row,) = nights.rows("select state, why from sites")
    assert row["state"] == "paused"
    assert "120" in row["why"]
    assert f"paused: {row['why']}" in nights.run("sites", "report").out


def test_who_asks_is_said_and_nothing_else(nights: Nights, site: LiveSite, content: Content) -> None:
    content.linked, content.more = ["/a"], {"/a": story(1)}
    nights.add(site)
    nights.crawl()
    for asked in site.log:
        assert asked.method == "GET"
        assert asked.headers["user-agent"].startswith("winnow/")
        assert CONTACT in asked.headers["user-agent"]
        assert set(asked.headers) <= {"host", "user-agent", "accept", "accept-encoding", "accept-language", "from"}


def test_without_a_contact_nothing_starts(nights: Nights, site: LiveSite) -> None:
    nights.add(site)
    nights.settings = {"USER_AGENT_CONTACT": ""}
    night = nights.crawl(status=1)
    assert "USER_AGENT_CONTACT" in night.err
    assert site.log == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_waits_as_long_as_it_says(nights: Nights, site: LiveSite, content: Content, status: int) -> None:
    content.linked, content.more = ["/a", "/b"], {f"/{name}": story(1) for name in "ab"}
    content.busy, content.busy_status, content.retry_after = 1, status, "2"
    nights.add(site)
    nights.crawl()
    assert site.log[2].moment - site.log[1].moment > 1.8
    assert [ended for ended, _ in nights.outcomes().values()].count("new") == 4  # all are fetched in the end


def test_a_host_that_is_busy_for_long_is_left_to_the_next_run(nights: Nights, site: LiveSite, content: Content) -> None:
    content.busy, content.retry_after = 1, "3600"
    nights.add(site)
    nights.crawl()
    assert site.paths() == ["/robots.txt", "/"]
    (row,) = nights.rows("select held_until from hosts")
    assert row["held_until"]
    nights.crawl()
    assert site.paths()[2:] == []
    assert "is held until" in nights.run("sites", "report").out
    nights.run("sites", "retry", site.host)
    nights.crawl()
    assert "/" in site.paths()[2:]


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (200, {"/"}),
        (404, {"/", "/news", "/secret"}),
        (401, {"/", "/news", "/secret"}),
        (503, set()),
        (500, set()),
    ],
)
def test_robots_txt_counts_by_its_status(
    nights: Nights, site: LiveSite, content: Content, status: int, asked: set[str]
) -> None:
    content.linked, content.more = ["/secret"], {"/secret": story(1)}
    content.robots, content.robots_status = "Disallow: /secret", status
    nights.add(site)
    night = nights.run("crawl", "sites")
    assert set(asked_of(site)) - {"/robots.txt"} == asked
    assert night.status == (0 if asked else 4)
    if status == 200:
        assert nights.outcomes()["/secret"] == ("refused", "robots.txt")


def test_rules_for_winnow_go_before_those_for_all(nights: Nights, site: LiveSite, content: Content) -> None:
    content.linked, content.more = ["/secret"], {"/secret": story(1)}
    content.robots = "Disallow: /\n\nUser-agent: winnow\nDisallow: /secret\n\nUser-agent: crawler\nDisallow: /news"
    nights.add(site)
    nights.crawl()
    assert set(asked_of(site)) == {"/robots.txt", "/"}


OPT_OUT = {
    "noindex": story(2, '<meta name="robots" content="noindex">'),
    "named": story(3, '<meta name="winnow" content="none">'),
    "noai": story(4, headers=(("X-Robots-Tag", "noai"),)),
    "tagged": story(5, headers=(("X-Robots-Tag", "winnow: noindex"),)),
    "tdm": story(6, headers=(("TDM-Reservation", "1"),)),
    "free": story(7, '<meta name="robots" content="index, follow">', (("X-Robots-Tag", "other: noindex"),)),
}


def test_pages_that_opt_out_are_not_kept(nights: Nights, site: LiveSite, content: Content) -> None:
    content.more = {f"/{name}": answer for name, answer in OPT_OUT.items()}
    content.linked = list(content.more)
    nights.add(site)
    nights.crawl()
    outcomes = nights.outcomes()
    assert {path for path, (outcome, _) in outcomes.items() if outcome == "refused"} == set(content.more) - {"/free"}
    assert outcomes["/free"] == ("new", None)
    assert all(why for outcome, why in outcomes.values() if outcome == "refused")
    texts = nights.read().rows("SELECT url FROM pages")
    assert {row["url"] for row in texts} >= {f"{site.url}/free"}
    assert not {row["url"] for row in texts} & {site.url + path for path in content.more if path != "/free"}


def test_no_cookie_is_sent_back(nights: Nights, site: LiveSite, content: Content) -> None:
    content.linked, content.more = ["/a"], {"/a": story(1)}
    nights.add(site)
    nights.crawl()
    assert len(site.log) > 2
    assert not any("cookie" in asked.headers or "referer" in asked.headers for asked in site.log)


@pytest.fixture
def inner() -> Iterator[LiveSite]:
    """Serve a machine that is nobody's business."""
    with LiveSite(Content(articles=1), host="127.0.0.9") as made:
        yield made


def test_private_addresses_are_not_asked(nights: Nights, inner: LiveSite) -> None:
    nights.private = "127.0.0.1"
    port = inner.url.rpartition(":")[2]
    names = ("localhost", "127.0.0.9", "169.254.169.254", "[::1]", "2130706441", "0.0.0.0")
    nights.add(*(f"http://{name}:{port}/" for name in names))
    nights.crawl(status=4)
    assert inner.log == []
    whys = {row["why"] for row in nights.rows("select why from fetches")}
    assert whys
    assert all("private" in why or "port" in why or "robots" in why for why in whys)


def test_a_redirect_to_a_private_address_is_not_followed(
    nights: Nights, site: LiveSite, content: Content, inner: LiveSite
) -> None:
    nights.private = "127.0.0.1"
    content.more = {"/in": moved(inner.url + "/"), "/cloud": moved("http://169.254.169.254/latest/meta-data/")}
    content.linked = [*content.more, inner.url + "/"]
    nights.add(site)
    nights.crawl()
    assert {"/in", "/cloud"} <= set(site.paths())
    assert inner.log == []
    assert not any("169.254" in row["url"] and row["status"] for row in nights.rows("select * from fetches"))


def test_only_one_host_is_asked(nights: Nights, site: LiveSite, inner: LiveSite) -> None:
    nights.add(site, inner)
    nights.crawl("-a", f"only={inner.host}")
    assert site.log == []
    assert inner.log
    night = nights.crawl("-a", "only=elsewhere.example", status=1)
    assert "elsewhere.example" in night.err


def test_feeds_say_how_often_they_are_asked(nights: Nights, site: LiveSite, content: Content) -> None:
    content.articles, content.feeds, content.feed_ttl = 3, ("rss",), 60 * 24 * 3
    nights.add(site)
    nights.crawl()
    (row,) = nights.rows("select every from sources where kind = 'feed'")
    assert row["every"] == 3 * 86_400


def test_an_unknown_argument_is_refused(nights: Nights, site: LiveSite) -> None:
    nights.add(site)
    for argument in ("onlly=x", "minutes=soon", "minutes=-1"):
        assert nights.run("crawl", "sites", "-a", argument).status == 1
    assert site.log == []
