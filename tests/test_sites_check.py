"""A look at a site before it is added: what it names, what would become of that, and that nothing else is asked."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from lab.live_pages import FEEDS, Content, moved, story
from lab.live_site import Answer, LiveSite
from tests.nights import Nights
from winnow.sites.addresses import Scope
from winnow.sites.check import SAMPLES, SOURCES, Judged, Look, look
from winnow.sites.exchange import Exchange

URL = "https://paper.example/"
RSS = '<rss version="2.0"><channel>{}</channel></rss>'
ITEM = "<item><link>{}</link><pubDate>Sun, 29 Nov 2026 03:00:00 GMT</pubDate></item>"
MAP = "<urlset>{}</urlset>"


def _answer(url: str, body: str, status: int = 200, *headers: str) -> Exchange:
    head = "\r\n".join([f"HTTP/1.1 {status} OK", "Content-Type: text/html", *headers, "", ""])
    return Exchange(url, b"", head.encode(), body.encode(), 0.0, 1)


def _look(answers: dict[str, str | tuple[str, int, str]], url: str = URL) -> tuple[Look, list[str]]:
    """Return the look at a site of which some paths answer, and what was asked for, in its order."""
    asked: list[str] = []

    async def fetch(url: str) -> Exchange | str:
        asked.append(url)
        found = answers.get(url.removeprefix(URL), ("", 404, "X: y"))
        if found == "no answer":
            return "time limit"
        return _answer(url, found) if isinstance(found, str) else _answer(url, *found)

    return asyncio.run(look(url, Scope.of(url), "winnow", fetch)), [each.removeprefix(URL) for each in asked]


def test_addresses_of_pages_feeds_and_sitemaps_are_judged() -> None:
    links = "".join(
        f'<a href="{each}">x</a>' for each in ("/a?utm_source=x", "/tag/x/", "https://other.example/b", "/no")
    )
    found, asked = _look({
        "robots.txt": "User-agent: *\nDisallow: /no\nCrawl-delay: 2\nSitemap: /map.xml",
        "": f'<head><link rel="alternate" type="application/rss+xml" href="/feed"></head>{links}',
        "feed": RSS.format(ITEM.format(f"{URL}c") + ITEM.format(f"{URL}a")),
        "map.xml": f"<sitemapindex><sitemap><loc>{URL}more.xml</loc></sitemap></sitemapindex>",
        "more.xml": MAP.format(f"<url><loc>{URL}d</loc><lastmod>2026-11-28</lastmod></url>"),
    })  # fmt: skip
    assert asked == ["robots.txt", "", "map.xml", "feed", "more.xml"]
    assert found.judged == [
        Judged(f"{URL}a", None), Judged(f"{URL}tag/x/", "a list by tag"),
        Judged("https://other.example/b", "not of the site"), Judged(f"{URL}no", "robots.txt"),
        Judged(f"{URL}c", None), Judged(f"{URL}d", None),
    ]  # fmt: skip
    assert [(each.kind, each.addresses, each.children, each.problem) for each in found.sources] == [
        ("sitemap", 0, 1, None), ("feed", 2, 0, None), ("sitemap", 1, 0, None)
    ]  # fmt: skip
    assert str(found.sources[1].newest)[:10] == "2026-11-29"
    assert found.robots.crawl_delay == 2
    assert found.counts()[None] == 3


@pytest.mark.parametrize(
    ("robots", "why"),
    [(("", 503, "X: y"), "status 503: the site waits"), ("no answer", "no answer: the site waits"),
     ("User-agent: *\nDisallow: /", "robots.txt forbids this address")],
)  # fmt: skip
def test_nothing_more_is_asked_where_robots_txt_says_so(robots: str | tuple[str, int, str], why: str) -> None:
    found, asked = _look({"robots.txt": robots, "": "x"})
    assert (asked, found.home.why) == (["robots.txt"], why)


def test_redirects_lead_to_the_site_only() -> None:
    found, asked = _look({"": ("", 301, "Location: /en/"), "en/": '<a href="x">x</a>'})
    assert (found.home.url, found.judged) == (f"{URL}en/", [Judged(f"{URL}en/x", None)])
    found, asked = _look({"": ("", 301, "Location: https://other.example/")})
    assert found.home.why == "leads to another site: https://other.example/"
    assert _look({"": ("", 302, "Location: /")})[0].home.why == "too many redirects"
    found, asked = _look({"robots.txt": "User-agent: *\nDisallow: /in", "": ("", 302, "Location: /in")})
    assert (found.home.why, asked) == ("leads to what robots.txt forbids", ["robots.txt", ""])


def test_a_feed_or_sitemap_may_be_the_address_itself() -> None:
    found, asked = _look({"": RSS.format(ITEM.format(f"{URL}c"))})
    assert ([each.kind for each in found.sources], found.judged) == (["feed"], [Judged(f"{URL}c", None)])
    found, asked = _look(
        {"": f"<sitemapindex><sitemap><loc>{URL}m</loc></sitemap></sitemapindex>", "m": MAP.format("")}
    )
    assert asked == ["robots.txt", "", "m"]


def test_what_opts_out_is_told() -> None:
    found, _ = _look({"": ("<p>x", 200, "X-Robots-Tag: noindex")})
    assert found.opt_out == "noindex (X-Robots-Tag)"


def test_sources_that_fail_are_told_and_many_are_left_out() -> None:
    maps = "\n".join(f"Sitemap: {URL}{number}.xml" for number in range(SOURCES + 5))
    found, asked = _look({"robots.txt": maps, "": "x", "0.xml": "<html>", "1.xml": "no answer"})
    assert len(asked) == 2 + SOURCES
    assert found.left_out == 5
    assert [each.problem for each in found.sources[:3]] == ["HTML, not a sitemap", "time limit", "status 404"]


def test_samples_show_every_reason_and_pages_from_everywhere() -> None:
    links = "".join(f'<a href="/tag/{number}">x</a><a href="/p{number}">x</a>' for number in range(100))
    found, _ = _look({"": f'{links}<a href="https://other.example/">x</a>'})
    shown = found.samples()
    assert len(shown) == SAMPLES
    assert [each.why for each in shown if each.why] == ["a list by tag", "a list by tag", "not of the site"]
    assert shown[0].url == f"{URL}p0"
    assert shown[16].url > f"{URL}p90"


def test_the_command_looks_at_a_site_and_stores_nothing(tmp_path: Path) -> None:
    nights = Nights(tmp_path)
    content = Content(articles=30, feeds=FEEDS, crawl_delay=0.1, robots="Disallow: /secret")
    content.linked = ["/secret", "/tag/boats/", "https://elsewhere.example/"]
    with LiveSite(content) as site:
        done = nights.run("sites", "check", f"{site.url}/")
        asked = site.paths()
    assert (done.status, done.err) == (0, "")
    assert sorted(asked) == sorted([
        "/robots.txt", "/", "/sitemap.xml", "/sitemaps/1.xml.gz", "/sitemaps/2.xml", "/sitemaps/news.xml",
        *(path for path, _ in FEEDS.values()),
    ])  # fmt: skip
    assert "30 would be asked, 3 would not: 1 robots.txt, 1 a list by tag, 1 not of the site" in done.out
    assert f"\n  {site.url}{content.place(30)}\n" in done.out
    assert f"\n  {site.url}/secret: robots.txt\n" in done.out
    assert f"feed     {site.url}/feed.rss: 20 addresses, the newest of {content.today:%Y-%m-%d}" in done.out
    assert f"sitemap  {site.url}/sitemap.xml: 3 sitemaps" in done.out
    assert not nights.folder.exists()


@pytest.mark.parametrize(
    ("answer", "told"),
    [(moved("/"), "too many redirects"), (Answer(500), "status 500"), (story(1).but(how="cut"), "")],
)
def test_the_command_says_what_is_wrong_with_a_site(tmp_path: Path, answer: Answer, told: str) -> None:
    with LiveSite(Content(more={"/": answer}, sitemap="")) as site:
        done = Nights(tmp_path).run("sites", "check", f"{site.url}/")
    assert done.status == 1
    assert told in done.err


def test_what_is_damaged_or_no_address_ends_no_look() -> None:
    found, _ = _look({
        "robots.txt": "User-agent: *\nAllow: /\nSitemap: http://[\nSitemap: /map.xml",
        "": ("not packed", 200, "Content-Encoding: gzip"),
        "map.xml": ("", 302, "Location: http://["),
    })  # fmt: skip
    assert "damaged" in str(found.home.why)
    assert [each.problem for each in found.sources] == ["leads to another site: http://["]
