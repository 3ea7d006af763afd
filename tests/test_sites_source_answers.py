"""What answers of feeds and sitemaps mean: the addresses of the site that they name, and when they are asked again."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from winnow.sites.addresses import Scope
from winnow.sites.exchange import Exchange
from winnow.sites.judge import Keep
from winnow.sites.ledger import FEED, SITEMAP, at
from winnow.sites.ledger_queue import Source
from winnow.sites.schedule import DAY, HOUR
from winnow.sites.source_answers import Listing, answered, failing, listing
from winnow.sites.warc import Place, payload_digest

URL = "https://paper.example/feed"
NOW = datetime(2026, 11, 28, 3, tzinfo=UTC).timestamp()  # a Saturday
SCOPE = Scope("paper.example")
FEEDS = pytest.mark.skipif(
    importlib.util.find_spec("feedparser") is None, reason="feedparser is not installed: the extra `sites` brings it"
)
SOURCE = Source(
    id=3, site_id=1, url=URL, kind=FEED, host="paper.example", found=at(NOW), etag='"a"', last_modified=None,
    payload_digest="sha1:X", captured=at(NOW - DAY), record_id="<urn:uuid:1>", every=2 * HOUR, due=at(NOW),
    last_new=None, fails=0, dead=None,
)  # fmt: skip


def answer(body: str = "", status: int = 200, **headers: str) -> Exchange:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status} Words", *lines, "", ""]).encode("latin-1")
    return Exchange(URL, b"", head, body.encode(), NOW, 5)


def listed(body: str, kind: str) -> Listing:
    exchange = answer(body)
    return listing(exchange.body, exchange, kind, SCOPE, 3, NOW)


def urlset(*places: str) -> str:
    return "<urlset>" + "".join(f"<url><loc>{place}</loc></url>" for place in places) + "</urlset>"


def rss(items: str, channel: str = "") -> str:
    return f"<rss version='2.0'><channel><title>Paper</title>{channel}{items}</channel></rss>"


def test_what_a_sitemap_names_of_the_site_and_worth_asking() -> None:
    found = listed(
        urlset("/boats?utm_source=x", "/boats", "https://other.example/a", "/boats.jpg", "/tag/boats/", "mailto:a"),
        SITEMAP,
    )
    assert [page.url for page in found.pages] == ["https://paper.example/boats"]
    assert (found.pages[0].source_id, found.pages[0].depth, found.problem) == (3, 0, None)


def test_the_newest_come_first_and_days_are_kept() -> None:
    days = {"a": "2026-11-01", "b": "2026-11-20", "c": None, "d": "2026-11-10"}
    entries = (
        f"<url><loc>/{name}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>" for name, day in days.items()
    )
    found = listed(f"<urlset>{''.join(entries)}</urlset>", SITEMAP)
    assert [page.url[-1] for page in found.pages] == ["b", "d", "a", "c"]
    assert found.pages[0].published == "2026-11-20T00:00:00+00:00"
    assert found.pages[-1].published is None


def test_an_index_names_sitemaps() -> None:
    index = "<sitemapindex><sitemap><loc>/1.xml</loc></sitemap><sitemap><loc>/1.xml#a</loc></sitemap></sitemapindex>"
    found = listed(index, SITEMAP)
    assert (set(found.children), found.pages, found.problem) == ({"https://paper.example/1.xml"}, [], None)


@FEEDS
def test_what_it_is_tells_not_how_it_was_named() -> None:
    assert listed(urlset("/boats"), FEED).kind == SITEMAP
    found = listed(rss("<item><link>/boats</link></item>", "<ttl>720</ttl>"), FEED)
    assert (found.kind, [page.url for page in found.pages]) == (FEED, ["https://paper.example/boats"])
    assert listed('{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/boats"}]}', SITEMAP).kind == FEED


@FEEDS
@pytest.mark.parametrize("kind", [FEED, SITEMAP])
def test_what_is_neither_is_said(kind: str) -> None:
    found = listed("<!doctype html><html><body>Not found</body></html>", kind)
    assert found.problem
    assert "HTML" in found.problem
    verdict = answered(SOURCE, answer("<html>"), found, NOW)
    assert (verdict.outcome, verdict.why) == ("failed", "nothing listed")


@FEEDS
def test_a_feed_is_asked_as_it_wishes() -> None:
    channel = "<ttl>2880</ttl><skipDays><day>Monday</day></skipDays>"
    found = listed(rss("<item><link>/boats</link></item>", channel), FEED)
    assert found.every == 2 * DAY
    verdict = answered(SOURCE, answer(rss("")), found, NOW)
    assert verdict.following.due == datetime(2026, 12, 1, tzinfo=UTC).timestamp()


@FEEDS
@pytest.mark.parametrize(("minutes", "hours"), [(60, 18), (720, 18), (1200, 20), (1440, 23), (2880, 47)])
def test_a_feed_is_not_asked_before_it_wants_to_be(minutes: int, hours: float) -> None:
    found = listed(rss("<item><link>/boats</link></item>", f"<ttl>{minutes}</ttl>"), FEED)
    due = answered(SOURCE, answer(rss("")), found, NOW).following.due
    assert due == NOW + hours * HOUR  # a feed that brings nothing is asked once a night


def test_a_source_that_is_new_or_has_changed() -> None:
    exchange = answer(urlset("/boats"), etag='"b"')
    found = listed(urlset("/boats"), SITEMAP)
    verdict = answered(SOURCE, exchange, found, NOW).kept(Place("discovery/x.warc.gz", 1, "<urn:uuid:9>"), at(NOW))
    assert (verdict.outcome, verdict.keep, verdict.following.kind) == ("changed", Keep.BESIDE, SITEMAP)
    following = verdict.following
    assert (following.etag, following.record_id, following.captured) == ('"b"', "<urn:uuid:9>", at(NOW))
    assert following.payload_digest == payload_digest(exchange.body)
    assert answered(replace(SOURCE, captured=None), exchange, found, NOW).outcome == "new"


@pytest.mark.parametrize(("exchange", "keep"), [(answer(status=304), Keep.NOT_MODIFIED), (answer("x"), Keep.SAME)])
def test_a_source_that_is_the_same_keeps_what_is_known_and_slows_down(exchange: Exchange, keep: Keep) -> None:
    verdict = answered(SOURCE, exchange, None, NOW).kept(Place("discovery/x.warc.gz", 1, "<urn:uuid:9>"), at(NOW))
    assert (verdict.outcome, verdict.keep) == ("unchanged", keep)
    following = verdict.following
    assert (following.etag, following.record_id, following.payload_digest) == ('"a"', "<urn:uuid:1>", "sha1:X")
    assert following.every == 3 * HOUR


@pytest.mark.parametrize(
    ("every", "headers", "following"),
    [
        (20 * HOUR, {}, DAY),
        (3 * DAY, {}, 3 * DAY),
        (HOUR, {"cache_control": "max-age=36000"}, 10 * HOUR),
        (HOUR, {"cache_control": "max-age=9999999"}, 7 * DAY),
    ],
)
def test_how_much_an_unchanged_source_slows_down(every: float, headers: dict[str, str], following: float) -> None:
    verdict = answered(replace(SOURCE, every=every), answer(status=304, **headers), None, NOW)
    assert verdict.following.every == following
    assert verdict.following.due is not None
    if headers:
        assert verdict.following.due >= NOW + following - HOUR


def test_sources_that_are_not_there_are_given_up_and_others_tried_again() -> None:
    assert failing(SOURCE, "410", NOW, 410).following.dead == "410"
    verdict = failing(replace(SOURCE, fails=2), "404", NOW, 404)
    assert (verdict.outcome, verdict.following.dead, verdict.following.due) == ("gone", "404", None)
    for fails, days in ((0, 1), (1, 2), (4, 16), (5, 30), (50, 30)):
        verdict = failing(replace(SOURCE, fails=fails), "time-out", NOW)
        assert (verdict.outcome, verdict.following.dead, verdict.following.every) == ("failed", None, days * DAY)
        assert verdict.following.record_id == SOURCE.record_id
