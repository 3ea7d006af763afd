"""Lists of feeds, as readers export them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.sites.opml import MAX_BYTES, MAX_FEEDS, NoOpml, Outline, read


def opml(inside: str, begin: str = '<?xml version="1.0"?>') -> bytes:
    return f'{begin}<opml version="2.0"><head><title>x</title></head><body>{inside}</body></opml>'.encode()


def test_feeds_in_folders_and_without() -> None:
    content = opml(
        '<outline text="News"><outline text="Deep"><outline type="rss" text="Short" title="The Paper"'
        ' xmlUrl="https://paper.example/feed?a=1&amp;b=2" htmlUrl="https://paper.example/"/></outline></outline>'
        '<outline text="Mill" xmlurl=" feed://mill.example/rss "/>'
        '<outline text="Boat" XMLURL="feed:https://boat.example/rss" htmlUrl="no address"/>'
        '<outline text="Empty" xmlUrl=""/><outline text="File" xmlUrl="file:///etc/passwd"/>'
        '<outline text="Again" xmlUrl="https://paper.example/feed?a=1&amp;b=2"/>'
    )
    assert read(content) == [
        Outline("The Paper", "https://paper.example/feed?a=1&b=2", "https://paper.example/"),
        Outline("Mill", "http://mill.example/rss", None),
        Outline("Boat", "https://boat.example/rss", None),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    begin = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    content = opml('<outline text="Bücher" xmlUrl="https://paper.example/f"/>', begin).decode().encode(encoding)
    assert [each.title for each in read(content)] == ["Bücher"]


def test_what_is_whole_in_a_damaged_list_is_kept() -> None:
    content = opml(
        '<outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/><outline text="C" xmlUrl="https://c.example/"/>'
    )
    assert [each.feed for each in read(content)] == ["https://a.example/?x=1&y=2", "https://c.example/"]
    assert [each.feed for each in read(content[:-40])][:1] == ["https://a.example/?x=1&y=2"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no OPML"),
        (b"<html><body><outline xmlUrl='https://a.example/'/></body></html>", "no OPML"),
        (b"https://paper.example/feed", "no OPML"),
        (b" " * (MAX_BYTES + 1), "more than a list of feeds has"),
    ],
)
def test_what_is_no_list_of_feeds_is_said(content: bytes, said: str) -> None:
    with pytest.raises(NoOpml, match=said):
        read(content)


def test_a_list_without_feeds_is_a_list() -> None:
    assert read(opml("")) == []


def test_a_list_is_bounded_and_no_bomb_goes_off() -> None:
    many = "".join(f'<outline xmlUrl="https://a.example/{number}"/>' for number in range(MAX_FEEDS + 5))
    assert len(read(opml(many))) == MAX_FEEDS
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    begin = f'<!DOCTYPE opml [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY a0 "0123456789">{entities}]>'
    found = read(opml('<outline text="&e;&a9;" xmlUrl="https://a.example/"/>', begin))
    assert all(len(each.title) < 1000 for each in found)


WORDS = "<opml> </opml> <outline text='a' xmlUrl='https://a.example/' /> ' > & &amp; <body> feed: http:// [ <!-- \0"


@given(st.binary(max_size=100) | st.lists(st.sampled_from(WORDS.split(" ")), max_size=20).map(" ".join).map(str.encode))
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    for each in (content, b"<opml>" + content):
        try:
            found = read(each)
        except NoOpml:
            continue
        assert all(outline.feed.lower().startswith(("http://", "https://")) for outline in found)
