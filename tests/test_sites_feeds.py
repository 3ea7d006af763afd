"""Feeds: RSS, Atom and JSON Feed; moments in the right zone, whole addresses, and when a feed wants no visit."""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.items import StartError
from winnow.sites import feeds
from winnow.sites.feeds import MAX_BYTES, Entry, Feed, NoFeed

PLACE = "https://paper.example/news/feed.xml"
needs_feedparser = pytest.mark.skipif(
    importlib.util.find_spec("feedparser") is None, reason="feedparser is not installed: the extra `sites` brings it"
)


def rss(items: str, channel: str = "") -> str:
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
        'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    )
    inner = f"<channel><title>Paper</title>{channel}{items}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}>{inner}</rss>'


def atom(entries: str, more: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {more}><title>Paper</title>{entries}</feed>'


def read(text: str | bytes) -> Feed:
    return feeds.read(text.encode() if isinstance(text, str) else text, PLACE)


@needs_feedparser
def test_entries_of_rss() -> None:
    item = (
        "<item><title>Boats &amp;amp; &lt;i&gt;locks&lt;/i&gt;</title><link> /boats?a=1&amp;b=2 </link>"
        "<pubDate>Sat, 28 Nov 2026 10:00:00 +0100</pubDate></item>"
    )
    found = read(rss(item))
    moment = datetime(2026, 11, 28, 9, tzinfo=UTC)
    assert found.entries == (Entry("https://paper.example/boats?a=1&b=2", moment, "Boats & locks"),)
    assert (found.title, found.ttl) == ("Paper", None)


@needs_feedparser
def test_entries_of_atom() -> None:
    entry = (
        '<entry><title type="html">&lt;b&gt;Boats&lt;/b&gt;</title><link rel="self" href="/self"/>'
        '<link rel="enclosure" href="/boats.mp3"/><link href="boats"/>'
        "<published>2026-11-28T10:00:00Z</published><updated>2026-11-29T10:00:00Z</updated></entry>"
    )
    expected = (Entry("https://paper.example/news/boats", datetime(2026, 11, 28, 10, tzinfo=UTC), "Boats"),)
    assert read(atom(entry)).entries == expected


@needs_feedparser
def test_an_entry_without_a_moment_of_publication_has_that_of_its_change() -> None:
    entry = '<entry><link href="/a"/><updated>2026-11-29T10:00:00Z</updated></entry>'
    assert read(atom(entry)).entries[0].published == datetime(2026, 11, 29, 10, tzinfo=UTC)


@needs_feedparser
@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Sat, 27 Jun 2026 10:00:00 GMT", 10),
        ("Sat, 27 Jun 2026 10:00:00 +0530", 4.5),
        ("Sat, 27 Jun 2026 10:00:00 EDT", 14),
        ("Sat, 27 Jun 2026 10:00:00 CEST", 8),
        ("Sat, 27 Jun 2026 10:00:00 BST", 9),
        ("Sat, 27 Jun 2026 10:00:00 JST", 1),
        ("27 Jun 2026 10:00:00 CET", 9),
        ("Sat Jun 27 10:00:00 CEST 2026", 8),
        ("2026-06-27T10:00:00+02:00", 8),
        ("2026-06-27", 0),
        ("Sa, 27 Jun 2026 10:00:00 +0200", 8),
    ],
)
def test_moments_are_in_the_zone_that_is_named(written: str, hour: float) -> None:
    found = read(rss(f"<item><link>/a</link><pubDate>{written}</pubDate></item>")).entries[0].published
    assert found == datetime(2026, 6, 27, int(hour), int(hour % 1 * 60), tzinfo=UTC)


@needs_feedparser
@pytest.mark.parametrize("written", ["", "today", "2026", "2026-06", "June 2026", "99999-99-99", "2026-june-27"])
def test_what_is_no_moment_is_none(written: str) -> None:
    assert read(rss(f"<item><link>/a</link><dc:date>{written}</dc:date></item>")).entries[0].published is None


@needs_feedparser
def test_addresses_of_all_kinds() -> None:
    items = (
        "<item><guid>https://paper.example/by-guid</guid></item>"
        '<item><guid isPermaLink="false">https://paper.example/no-address</guid></item>'
        "<item><link>https://paper.example/?a=1&b=2</link></item>"
        "<item><link>https://counter.example/x</link><feedburner:origLink>https://paper.example/own</feedburner:origLink></item>"
        "<item><link>javascript:alert(1)</link></item>"
        "<item><link>https://adverts.example/buy</link></item>"
        "<item><link>https://paper.example/own</link></item>"
    )
    assert [entry.url for entry in read(rss(items)).entries] == [
        "https://paper.example/by-guid",
        "https://paper.example/?a=1&b=2",
        "https://paper.example/own",
        "https://adverts.example/buy",
    ]


@needs_feedparser
def test_a_base_is_kept_to() -> None:
    found = read(atom('<entry><link href="boats"/></entry>', 'xml:base="https://other.example/x/"'))
    assert found.entries[0].url == "https://other.example/x/boats"


@needs_feedparser
@pytest.mark.parametrize(
    ("channel", "ttl"),
    [
        ("<ttl>90</ttl>", 5400),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800),
        ("<ttl>soon</ttl><sy:updatePeriod> Daily </sy:updatePeriod>", 86_400),
        ("<ttl>60</ttl><sy:updatePeriod>weekly</sy:updatePeriod>", 604_800),
        ("<ttl>-5</ttl>", None),
        ("<ttl>0</ttl>", None),
        ("<ttl>9999999999999</ttl>", None),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", None),
    ],
)
def test_how_long_a_feed_asks_to_be_left_alone(channel: str, ttl: float | None) -> None:
    assert read(rss("<item><link>/a</link></item>", channel)).ttl == ttl


@needs_feedparser
def test_hours_and_days_at_which_a_feed_wants_no_visit() -> None:
    channel = (
        "<skipHours><hour>0</hour><hour> 3 </hour><hour>24</hour></skipHours>"
        "<skipDays><day>Sunday</day><day>someday</day></skipDays>"
    )
    found = read(rss("<item><link>/a</link></item>", channel))
    assert (set(found.skip_hours), set(found.skip_days)) == ({0, 3}, {6})


@needs_feedparser
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    text = rss("<item><title>Bücher</title><link>/bücher</link></item>")
    text = text.replace('version="1.0"', f'version="1.0" encoding="{encoding}"', 1)
    assert read(text.encode(encoding)).entries == (Entry("https://paper.example/bücher", None, "Bücher"),)


@needs_feedparser
def test_a_feed_that_ends_early_keeps_what_is_whole() -> None:
    items = [f"<item><title>{number}</title><link>https://paper.example/{number}</link></item>" for number in range(3)]
    text = rss("".join(items))
    for length in range(len(rss("")), len(text), 3):
        kept = [entry.url for entry in read(text[:length]).entries]
        assert kept == [f"https://paper.example/{number}" for number in range(text[:length].count("</item>"))]


@needs_feedparser
def test_a_feed_without_entries_is_a_feed() -> None:
    assert read(rss("")).entries == ()
    assert read(atom("")).entries == ()


@needs_feedparser
def test_no_file_is_read_and_no_bomb_goes_off() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY a0 "0123456789">{entities}]>'
    items = "<item><title>&e;</title><link>/a</link></item><item><title>&a9;</title><link>/b</link></item>"
    found = read(rss(items).replace("<rss", f"{doctype}<rss", 1))
    assert all(len(entry.title) < 1000 and "root" not in entry.title for entry in found.entries)


@pytest.mark.parametrize("name", ["/etc/passwd", "https://paper.example/feed.xml", ""])
def test_bytes_that_name_a_file_or_an_address_are_no_feed(name: str) -> None:
    with pytest.raises(NoFeed):
        read(name)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<!doctype html><html><body><p>Not found</p></body></html>", "HTML, not a feed"),
        ("<urlset><url><loc>https://paper.example/a</loc></url></urlset>", "neither RSS, Atom nor JSON Feed"),
        ('{"items": []}', "JSON, but no JSON Feed"),
        ("{", "damaged JSON"),
        ("{" + '"a":[' * 100_000, "damaged JSON"),
        (" " * (MAX_BYTES + 1), f"{MAX_BYTES + 1} bytes: more than a feed has"),
    ],
)
def test_what_is_no_feed_is_said(content: str, said: str) -> None:
    with pytest.raises(NoFeed, match=said):
        read(content)


def test_entries_of_json_feed() -> None:
    items = [
        {"id": "1", "url": "/boats", "title": "Boats", "date_published": "2026-11-28T10:00:00+01:00"},
        {"id": "https://paper.example/locks", "date_modified": "2026-11-28T10:00:00Z", "title": None},
        {"id": 3, "external_url": "https://other.example/mills"},
        {"id": "no address"},
        "no item",
    ]
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "items": items})
    assert read("\ufeff" + text) == Feed(
        (
            Entry("https://paper.example/boats", datetime(2026, 11, 28, 9, tzinfo=UTC), "Boats"),
            Entry("https://paper.example/locks", datetime(2026, 11, 28, 10, tzinfo=UTC), ""),
            Entry("https://other.example/mills", None, ""),
        ),
        title="Paper",
    )


def test_without_feedparser_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "feedparser", None)
    with pytest.raises(StartError, match=r"^feedparser is not installed: pip install '.*sites"):
        read(rss("<item><link>/a</link></item>"))


WORDS = (
    "<rss> </rss> <channel> <item> </item> <link> </link> /a https://a.example/ & &lt; &e; <feed> <entry> </entry> "
    "<pubDate> 2026-01-01 </pubDate> <ttl> 9 <skipHours> <hour> <!-- --> <![CDATA[ ]]> <!DOCTYPE <?xml \0 <a='"
)
BYTES = st.one_of(
    st.binary(max_size=200),
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=30).map(lambda all: "".join(all).encode()),
)
VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["url", "id", "title"]), inner, max_size=3)
    ),
    max_leaves=10,
)


@needs_feedparser
@given(BYTES)
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    for each in (content, b"<rss version='2.0'><channel>" + content):
        try:
            found = feeds.read(each, PLACE)
        except NoFeed:
            continue
        assert all(entry.url.lower().startswith(("http://", "https://")) for entry in found.entries)


@given(VALUES, VALUES)
def test_no_json_raises_anything_else(items: object, title: object) -> None:
    text = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items, "title": title})
    try:
        found = read(text)
    except NoFeed:
        return
    assert all(entry.url.startswith(("http://", "https://")) for entry in found.entries)
