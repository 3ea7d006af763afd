"""Sitemaps in all their forms, told by their bytes: nothing is lost that is whole, and no moment is made up."""

from __future__ import annotations

import gzip
import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.sites.sitemaps import MAX_ADDRESSES, Entry, read
from winnow.sites.unpacking import MAX_UNPACKED

PLACE = "https://paper.example/maps/all.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
IMAGES = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'


def urlset(*entries: str, more: str = "") -> bytes:
    return f'<?xml version="1.0"?><urlset {SPACE} {more}>{"".join(entries)}</urlset>'.encode()


def entry(path: str, more: str = "") -> str:
    return f"<url><loc>https://paper.example/{path}</loc>{more}</url>"


def places(content: bytes) -> list[str]:
    return [each.url for each in read(content, PLACE).entries]


def test_pages_and_when_they_changed() -> None:
    found = read(urlset(entry("boats", "<lastmod>2026-11-28T10:00:00+02:00</lastmod>"), entry("locks")), PLACE)
    assert found.entries == (
        Entry("https://paper.example/boats", datetime(2026, 11, 28, 8, tzinfo=UTC)),
        Entry("https://paper.example/locks", None),
    )
    assert (found.children, found.problem) == ((), None)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-28", datetime(2026, 11, 28, tzinfo=UTC)),
        ("2026-11-28T10:00Z", datetime(2026, 11, 28, 10, tzinfo=UTC)),
        ("2026-11-28T10:00:00.125-05:00", datetime(2026, 11, 28, 15, 0, 0, 125000, tzinfo=UTC)),
        ("\n 2026-11-28 \n", datetime(2026, 11, 28, tzinfo=UTC)),
        ("2026-11", None),
        ("2026", None),
        ("2026-02-30", None),
        ("0000-00-00", None),
        ("0001-01-01T00:00:00", None),
        ("1970-01-01T00:00:00Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_moment_is_right_or_missing(written: str, moment: datetime | None) -> None:
    assert read(urlset(entry("a", f"<lastmod>{written}</lastmod>")), PLACE).entries[0].lastmod == moment


def test_a_news_sitemap_has_the_moment_of_publication() -> None:
    news = (
        "<news:news><news:publication><news:name>Paper</news:name></news:publication>"
        "<news:publication_date>2026-11-28T06:30:00+01:00</news:publication_date></news:news>"
    )
    assert read(urlset(entry("a", news), more=NEWS), PLACE).entries == (
        Entry("https://paper.example/a", datetime(2026, 11, 28, 5, 30, tzinfo=UTC)),
    )


def test_pictures_and_other_languages_are_no_pages() -> None:
    picture = "<image:image><image:loc>https://paper.example/a.jpg</image:loc></image:image>"
    other = '<xhtml:link rel="alternate" hreflang="de" href="https://paper.example/de/a" xmlns:xhtml="urn:x"/>'
    content = urlset(f"<url>{picture}{other}<loc>https://paper.example/a</loc></url>", more=IMAGES)
    assert places(content) == ["https://paper.example/a"]


def test_an_index_lists_sitemaps_and_not_itself() -> None:
    children = ("https://paper.example/1.xml.gz", "../2.xml", PLACE)
    listed = "".join(f"<sitemap><loc>{child}</loc></sitemap>" for child in children)
    found = read(f"<sitemapindex {SPACE}>{listed}</sitemapindex>".encode(), PLACE)
    assert found.children == ("https://paper.example/1.xml.gz", "https://paper.example/2.xml")
    assert found.entries == ()


def test_addresses_may_be_relative_escaped_or_in_cdata() -> None:
    content = urlset(
        "<url><loc>/a?x=1&amp;y=2</loc></url>",
        "<url><loc><![CDATA[https://paper.example/b?x=1&y=2]]></loc></url>",
        "<url><loc>\n  //paper.example/c\n</loc></url>",
        "<url><loc>mailto:ann@paper.example</loc></url>",
        "<!-- <url><loc>https://paper.example/left-out</loc></url> -->",
    )
    assert places(content) == [
        "https://paper.example/a?x=1&y=2",
        "https://paper.example/b?x=1&y=2",
        "https://paper.example/c",
    ]


@pytest.mark.parametrize("space", ["", 'xmlns="http://www.google.com/schemas/sitemap/0.84"', 'xmlns="nonsense"'])
def test_any_namespace_will_do(space: str) -> None:
    assert places(f"<urlset {space}>{entry('a')}</urlset>".encode()) == ["https://paper.example/a"]


def test_prefixed_names_are_read() -> None:
    content = '<s:urlset xmlns:s="urn:s"><s:url><s:loc>https://paper.example/a</s:loc></s:url></s:urlset>'
    assert places(content.encode()) == ["https://paper.example/a"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    content = f"{declared}<urlset {SPACE}>{entry('café')}</urlset>".encode(encoding)
    assert places(content) == ["https://paper.example/café"]


def test_gzip_is_told_by_its_bytes() -> None:
    assert places(gzip.compress(urlset(entry("a")))) == ["https://paper.example/a"]


def test_lines_of_addresses() -> None:
    content = "\ufeffhttps://paper.example/a\r\n\r\n  https://paper.example/b\nno address\nhttps://paper.example/a\n"
    assert places(content.encode()) == ["https://paper.example/a", "https://paper.example/b"]


def test_feeds_as_sitemaps() -> None:
    rss = (
        "<rss version='2.0'><channel><link>https://paper.example/</link>"
        "<image><url>https://paper.example/i.png</url></image>"
        "<item><link>https://paper.example/a</link><pubDate>Sat, 28 Nov 2026 10:00:00 CET</pubDate></item>"
        "</channel></rss>"
    )
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="/self"/><link href="/a"/>'
        "<updated>2026-11-28T09:00:00Z</updated></entry></feed>"
    )
    expected = (Entry("https://paper.example/a", datetime(2026, 11, 28, 9, tzinfo=UTC)),)
    assert read(rss.encode(), PLACE).entries == expected
    assert read(atom.encode(), PLACE).entries == expected


def test_a_bare_ampersand_costs_nothing() -> None:
    content = urlset("<url><loc>https://paper.example/a?x=1&y=2</loc></url>", entry("b"))
    assert places(content) == ["https://paper.example/a?x=1&y=2", "https://paper.example/b"]


@pytest.mark.parametrize("length", range(90, 230, 7))
def test_what_is_whole_before_an_early_end_is_kept(length: int) -> None:
    content = urlset(entry("first"), entry("second"), entry("third"))
    kept = places(content[:length])
    assert kept == places(content)[: len(kept)]
    assert len(kept) == content[:length].count(b"</url>")


def test_what_was_unpacked_before_damage_is_kept() -> None:
    packed = gzip.compress(urlset(*(entry(f"{number}-{hash(str(number))}") for number in range(20_000))))
    found = read(packed[: len(packed) // 2], PLACE)
    assert 5_000 < len(found.entries) < 15_000
    assert found.problem
    assert "gzip" in found.problem


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<!doctype html><html><body>Not found</body></html>", "HTML, not a sitemap"),
        (b"", "neither XML nor lines of addresses"),
        (b"\x89PNG\r\n\x1a\n\0\0", "neither XML nor lines of addresses"),
        (b"<urlset></urlset>", "no address in it"),
        (b"<urlset><url><loc></loc></url></urlset>", "no address in it"),
    ],
)
def test_what_is_no_sitemap_is_said(content: bytes, problem: str) -> None:
    found = read(content, PLACE)
    assert (found.entries, found.children, found.problem) == ((), (), problem)


def test_an_entity_bomb_does_not_go_off() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    content = f'<!DOCTYPE urlset [<!ENTITY a0 "0123456789">{entities}]><urlset>{entry("&a9;")}{entry("b")}</urlset>'
    assert "https://paper.example/b" in places(content.encode())


def test_no_file_is_read_for_an_entity() -> None:
    content = (
        f'<!DOCTYPE urlset [<!ENTITY e SYSTEM "file:///etc/hostname">]><urlset>{entry("&e;")}{entry("b")}</urlset>'
    )
    assert set(places(content.encode())) <= {"https://paper.example/", "https://paper.example/b"}


def test_a_gzip_bomb_is_given_up() -> None:
    found = read(gzip.compress(b"<urlset>" + b" " * (MAX_UNPACKED * 2)), PLACE)
    assert found.entries == ()
    assert found.problem


def test_as_many_addresses_as_the_protocol_allows_take_little_memory() -> None:
    content = urlset(*(entry(f"news/2026/{number}-words") for number in range(MAX_ADDRESSES)))
    tracemalloc.start()
    try:
        found = read(content, PLACE)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (len(found.entries), found.problem) == (MAX_ADDRESSES, None)
    assert peak < 50e6


def test_more_addresses_than_allowed_are_left_out_and_told() -> None:
    found = read(urlset(*(entry(str(number)) for number in range(MAX_ADDRESSES + 10))), PLACE)
    assert len(found.entries) == MAX_ADDRESSES
    assert found.problem == f"more than {MAX_ADDRESSES} addresses: the rest is left out"


WORDS = (
    "<url> </url> <loc> </loc> https://a.example/ & &lt; <sitemap> </sitemap> <urlset> <item> </item> <link/> "
    "<lastmod> </lastmod> 2026-01-01 <!-- --> <![CDATA[ ]]> <?x \0 <a='"
)
PIECES = st.sampled_from(WORDS.split(" "))


@given(st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode())))
def test_no_bytes_raise(content: bytes) -> None:
    for each in (content, b"<urlset>" + content, gzip.compress(content)):
        found = read(each, PLACE)
        assert all(entry.url.lower().startswith(("http://", "https://")) for entry in found.entries)
