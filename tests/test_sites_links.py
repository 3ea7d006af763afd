"""The links of pages: whole, in their order, and as a browser would follow them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.sites.links import MAX_LINKS, Links, read

PLACE = "https://paper.example/news/today?x=1"


def links(html: str | bytes, encoding: str | None = None) -> tuple[str, ...]:
    return read(html.encode() if isinstance(html, str) else html, PLACE, encoding).links


@pytest.mark.parametrize(
    ("href", "whole"),
    [
        ("boats", "https://paper.example/news/boats"),
        ("/boats", "https://paper.example/boats"),
        ("../boats", "https://paper.example/boats"),
        ("//other.example/boats", "https://other.example/boats"),
        ("?page=2", "https://paper.example/news/today?page=2"),
        ("HTTPS://Other.example/a", "HTTPS://Other.example/a"),
        (" /boats\n", "https://paper.example/boats"),
        ("/bo\nats", "https://paper.example/boats"),
        ("/boats#lock", "https://paper.example/boats"),
        ("/a?b=1&amp;c=2", "https://paper.example/a?b=1&c=2"),
        ("/a?b=1&c=2", "https://paper.example/a?b=1&c=2"),
    ],
)
def test_links_are_whole(href: str, whole: str) -> None:
    assert links(f"<p><a href='{href}'>Boats</a></p>") == (whole,)


@pytest.mark.parametrize(
    "href", ["", "#top", "mailto:ann@paper.example", "javascript:void(0)", "tel:1", "http://[broken/"]
)
def test_what_leads_to_no_page_is_left_out(href: str) -> None:
    assert [link for link in links(f"<a href='{href}'>x</a><a name='y'>y</a>") if link != "http://[broken/"] == []


def test_links_keep_their_order_and_stand_once() -> None:
    html = "<a href=/b>b</a><map><area href=/a></map><a href=/b#x>b</a><a href=/c rel='nofollow ugc'>c</a><a href=/d>"
    assert links(html) == ("https://paper.example/b", "https://paper.example/a", "https://paper.example/d")


def test_links_are_relative_to_the_base() -> None:
    html = "<head><base target=_top><base href='/old/'><base href=/new/></head><a href=boats>x</a>"
    assert links(html) == ("https://paper.example/old/boats",)


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><p>x</p></body></html><p><a href=/boats>late</a></p>",
        "<html><body><p>x</p></body><a href=/boats>late</a></html>",
        "<a href=/boats>x",
        "<table><a href=/boats>x</a></table>",
        "<div>" * 1_500 + "<a href=/boats>x</a>",
        "<!-- <a href=/hidden>x</a> --><a href=/boats>x</a><script>'<a href=/hidden>'</script>",
    ],
)
def test_links_are_found_in_broken_pages(html: str) -> None:
    assert links(html) == ("https://paper.example/boats",)


def test_a_query_is_escaped_in_the_encoding_of_the_page() -> None:
    html = "<a href='/thé?q=thé'>x</a>"
    assert links(html) == ("https://paper.example/thé?q=th%C3%A9",)
    assert links(html.encode("latin-1"), "iso-8859-1") == ("https://paper.example/thé?q=th%E9",)
    assert links(b"<meta charset=windows-1252>" + html.encode("latin-1")) == ("https://paper.example/thé?q=th%E9",)
    assert links(html.encode("latin-1")) == ("https://paper.example/thé?q=th%E9",)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_mark_goes_before_what_is_declared(encoding: str) -> None:
    assert links("<a href=/thé>x</a>".encode(encoding), "latin-1") == ("https://paper.example/thé",)


@pytest.mark.parametrize("encoding", ["nonsense", "hex", "rot13", "\0", "utf-7x", ""])
def test_an_encoding_that_is_none_does_no_harm(encoding: str) -> None:
    html = f"<meta charset='{encoding}'><a href=/thé>x</a>"
    assert links(html, encoding) == ("https://paper.example/thé",)


def test_feeds_and_the_own_address_of_a_page() -> None:
    html = """<head>
        <link rel="alternate" type="application/rss+xml" href="/feed">
        <link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" href="atom.xml">
        <link rel="alternate" type="application/feed+json" href="https://feeds.example/paper.json">
        <link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" href="/style.css">
        <link rel="canonical" href="/boats"><link rel="canonical" href="/other"></head>"""
    found = read(html.encode(), PLACE, None)
    assert found == Links(
        feeds=(
            "https://paper.example/feed",
            "https://paper.example/news/atom.xml",
            "https://feeds.example/paper.json",
        ),
        canonical="https://paper.example/boats",
    )


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("0; url=/boats", "https://paper.example/boats"),
        ("0;URL='/boats'", "https://paper.example/boats"),
        ("5, /boats", "https://paper.example/boats"),
        ("0.5; url=/boats", "https://paper.example/boats"),
        ("300; url=/boats", None),
        ("30", None),
        ("soon; url=/boats", None),
        ("0; url=", None),
    ],
)
def test_where_a_page_sends_its_readers(content: str, place: str | None) -> None:
    assert read(f'<meta http-equiv="Refresh" content="{content}">'.encode(), PLACE, None).refresh == place


@pytest.mark.parametrize(
    ("meta", "nofollow"),
    [
        ("<meta name=robots content='noindex, nofollow'>", True),
        ("<meta name=ROBOTS content=NONE>", True),
        ("<meta name=robots content='index,follow'>", False),
        ("<meta name=otherbot content=nofollow>", False),
        ("", False),
    ],
)
def test_a_page_may_ask_not_to_follow_its_links(meta: str, nofollow: bool) -> None:
    assert read(f"<head>{meta}</head><a href=/a>x</a>".encode(), PLACE, None).nofollow is nofollow


def test_a_page_of_links_only_is_bounded() -> None:
    html = "".join(f"<a href=/{number}>x</a>" for number in range(MAX_LINKS + 100))
    assert len(links(html)) == MAX_LINKS


WORDS = "<a href= <base <meta <link rel= canonical charset= > ' \" /a http:// [ & </html> <body> <!-- \0 é content= 0;"


@given(
    st.one_of(
        st.binary(max_size=200), st.lists(st.sampled_from(WORDS.split(" ")), max_size=30).map(" ".join).map(str.encode)
    ),
    st.none() | st.sampled_from(["utf-8", "latin-1", "utf-16", "shift_jis"]) | st.text(max_size=8),
)
def test_no_bytes_raise(content: bytes, encoding: str | None) -> None:
    found = read(content, PLACE, encoding)
    for place in (*found.links, *found.feeds, *filter(None, (found.canonical, found.refresh))):
        assert place.lower().startswith(("http://", "https://"))
