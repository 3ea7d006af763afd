"""The made-up sites answer as real ones do, with every switch; their logs tell what was asked."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import json
import socket
from collections.abc import Iterator
from http.client import HTTPResponse
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from lab.live_pages import FEEDS, Content, moved, story
from lab.live_site import Answer, LiveSite
from lab.samples import sentences
from winnow.items import Page
from winnow.read.page import read_page

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def _get(site: LiveSite, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    with contextlib.closing(http.client.HTTPConnection(urlsplit(site.url).netloc)) as connection:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        with connection.getresponse() as answer:
            body = answer.read()
    return answer, gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body


@pytest.fixture
def content() -> Content:
    return Content(articles=30, feeds=FEEDS)


@pytest.fixture
def site(content: Content) -> Iterator[LiveSite]:
    with LiveSite(content) as made:
        yield made


def _addresses(site: LiveSite, path: str) -> list[str]:
    answer, body = _get(site, path)
    body = gzip.decompress(body) if answer.headers["Content-Type"] == "application/gzip" else body
    return [loc.text or "" for loc in ElementTree.fromstring(body).iter(LOC)]


def test_winnow_keeps_an_article_of_the_site(site: LiveSite, content: Content) -> None:
    answer, body = _get(site, content.place(7))
    reading = read_page(Page("a.html", body=body))
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert reading.article
    assert reading.article.text.split("\n\n") == sentences(7)
    assert reading.article.date == content.published(7).date().isoformat()
    assert len(body) > content.weight


def test_sitemaps_name_every_article(site: LiveSite, content: Content) -> None:
    articles = [site.url + place for place in content.places()]
    index = _addresses(site, "/sitemap.xml")
    found = {path: _addresses(site, urlsplit(path).path) for path in index}
    assert [path.removeprefix(site.url) for path in found] == [
        "/sitemaps/1.xml.gz", "/sitemaps/2.xml", "/sitemaps/news.xml",
    ]  # fmt: skip
    *parts, news = found.values()
    assert [each for part in parts for each in part] == articles
    assert news == articles[:-21:-1]
    content.sitemap = "text"
    assert b"Sitemap: %b/sitemap.txt\n" % site.url.encode() in _get(site, "/robots.txt")[1]
    assert _get(site, "/sitemap.txt")[1].decode().split() == articles
    content.sitemap = "wrong type"
    assert _get(site, "/sitemap.php")[0].headers["Content-Type"] == "text/html; charset=utf-8"
    assert _addresses(site, "/sitemap.php") == articles


def test_feeds_name_the_newest_articles(site: LiveSite, content: Content) -> None:
    newest = [site.url + place for place in content.places()[:-21:-1]]
    rss = ElementTree.fromstring(_get(site, "/feed.rss")[1])
    assert [link.text for link in rss.iterfind(".//item/link")] == newest
    atom = ElementTree.fromstring(_get(site, "/feed.atom")[1])
    assert [site.url + link.get("href", "") for link in atom.iter("{http://www.w3.org/2005/Atom}link")] == newest
    assert [item["url"] for item in json.loads(_get(site, "/feed.json")[1])["items"]] == newest
    home = _get(site, "/")[1].decode()
    assert all(f'href="{path}"' in home for path, _ in FEEDS.values())


def test_a_known_page_is_not_sent_again_until_it_changes(site: LiveSite, content: Content) -> None:
    place = content.place(3)
    answer, body = _get(site, place)
    etag, modified = answer.headers["ETag"], answer.headers["Last-Modified"]
    assert [_get(site, place, If_None_Match=etag)[0].status for _ in range(2)] == [304, 304]
    assert _get(site, place, If_Modified_Since=modified)[0].status == 304
    content.change([3])
    again, changed = _get(site, place, If_None_Match=etag, If_Modified_Since=modified)
    assert (again.status, changed == body) == (200, False)
    content.restless = True
    assert _get(site, place)[1] != _get(site, place)[1]


def test_robots_txt_has_its_status_and_lines(site: LiveSite, content: Content) -> None:
    content.robots, content.crawl_delay, content.robots_status = "Disallow: /secret", 1.5, 404
    answer, body = _get(site, "/robots.txt")
    assert answer.status == 404
    assert body.decode().splitlines()[1:4] == ["User-agent: *", "Crawl-delay: 1.5", "Disallow: /secret"]


def test_a_busy_site_says_when_to_come_again(site: LiveSite, content: Content) -> None:
    content.busy = 2
    answers = [_get(site, "/")[0] for _ in range(3)]
    assert [answer.status for answer in answers] == [429, 429, 200]
    assert answers[0].headers["Retry-After"] == "2"


def test_missing_pages_may_pretend_to_be_there(site: LiveSite, content: Content) -> None:
    assert _get(site, "/nothing")[0].status == 404
    content.soft_404 = True
    assert _get(site, "/nothing")[0].status == 200


def test_the_calendar_has_no_end(site: LiveSite, content: Content) -> None:
    content.calendar = True
    assert b"/tides/2999-01-31.html" in _get(site, "/tides/2999-01-01.html")[1]
    assert _get(site, "/tides/2999-13-01.html")[0].status == 404


def test_answers_of_a_test_go_before_all_others(site: LiveSite, content: Content) -> None:
    content.more = {
        "/self": moved("/self"), "/": story(1, "<meta name=robots content=noindex>"), "/asked?a=1": Answer(410),
        "/told": lambda asked: Answer(body=asked.path.encode()),
    }  # fmt: skip
    assert _get(site, "/self")[0].headers["Location"] == "/self"
    assert b"noindex></head>" in _get(site, "/")[1]
    assert [_get(site, path)[0].status for path in ("/asked?a=1", "/asked?a=2")] == [410, 404]
    assert _get(site, "/told?b")[1] == b"/told?b"


def test_bodies_are_cut_without_an_end_or_held_back(site: LiveSite, content: Content) -> None:
    content.more = {f"/{how}": Answer(body=b"x" * 100, how=how) for how in ("cut", "endless", "late", "stuck")}
    with pytest.raises(http.client.IncompleteRead):
        _get(site, "/cut")
    host, port = urlsplit(site.url).netloc.split(":")
    with socket.create_connection((host, int(port))) as late, socket.create_connection((host, int(port))) as endless:
        late.sendall(b"GET /late HTTP/1.1\r\n\r\n")
        endless.sendall(b"GET /endless HTTP/1.1\r\n\r\n")
        with endless.makefile("rb") as answer:
            assert len(answer.read(1_000_000)) == 1_000_000
        late.setblocking(False)
        with pytest.raises(BlockingIOError):
            late.recv(1)
        late.setblocking(True)
        site.release.set()
        assert late.recv(9) == b"HTTP/1.1 "


def test_the_log_tells_what_was_asked_and_sent(site: LiveSite, content: Content) -> None:
    answer, body = _get(site, content.place(1), X_ODD="kept")
    _get(site, "/")
    first, second = site.log
    assert (first.method, first.path, first.status) == ("GET", content.place(1), 200)
    assert b"\r\nX-ODD: kept\r\n" in first.head
    assert first.head.endswith(b"\r\n\r\n")
    assert first.headers["x-odd"] == "kept"
    assert gzip.decompress(first.body) == body
    assert first.sent > len(first.sent_head) + len(first.body)  # chunks
    assert answer.headers["X-oDD-cAsE"] == "kept"
    assert (first.connection, second.connection) == (1, 2)
    assert site.gaps()[0] > 0
    assert (site.forget(), site.log) == ([first, second], [])


def test_several_sites_are_several_hosts(site: LiveSite) -> None:
    with LiveSite(Content(articles=1), host="127.0.0.2") as other:
        assert _get(other, "/")[0].status == 200
    assert other.url.startswith("http://127.0.0.2:")
    assert site.log == []
