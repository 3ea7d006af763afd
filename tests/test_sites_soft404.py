"""Soft 404: pages that say what a site says to an address that it cannot have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.sites.soft404 import Probe, probe_address

MENU = (
    "<nav>"
    + "".join(f"<a href=/{word}>{word}</a> " for word in ("News", "Sport", "Boats", "Locks", "Mills"))
    + "</nav>"
)
SORRY = "<p>Sorry, we could not find the page {name} that you were looking for. It may have moved to our new site.</p>"


def page(inside: str, title: str = "Paper") -> bytes:
    return f"<html><head><title>{title}</title><style>x{{}}</style></head><body>{MENU}{inside}</body></html>".encode()


def test_an_address_that_no_site_has() -> None:
    found = {probe_address("https://paper.example:8080/news/a?b#c") for _ in range(3)}
    assert len(found) == 3
    assert all(each.startswith("https://paper.example:8080/") and "?" not in each for each in found)
    assert probe_address("https://paper.example/a", "zzz") == "https://paper.example/zzz.html"


@pytest.mark.parametrize(
    ("inside", "same"),
    [
        (SORRY.format(name="zzz"), True),
        (SORRY.format(name="/2026/boats-in-the-lock.html"), True),
        (SORRY.format(name=""), True),
        ("<p>A short notice: the lock is closed until Monday because of the flood.</p>", False),
        ("<p>The lock is closed.</p>", False),
        (SORRY.format(name="zzz") + "<p>" + "The lock keeper has told us more about the boats. " * 9 + "</p>", False),
    ],
)
def test_what_says_the_same_is_no_page(inside: str, same: bool) -> None:
    probe = Probe.read(200, page(SORRY.format(name="zzz"), "Not found"))
    assert probe.is_soft
    assert probe.says_the_same(page(inside), "https://paper.example/2026/boats-in-the-lock.html") is same


def test_a_site_that_says_not_found_is_believed() -> None:
    content = page(SORRY.format(name="zzz"))
    probe = Probe.read(404, content)
    assert not probe.is_soft
    assert not probe.says_the_same(content)


def test_a_site_that_shows_its_front_page_instead() -> None:
    front = page(
        "<h2>Boats in the lock</h2><p>Two boats have been seen.</p><h2>Mills</h2><p>All three of them turn.</p>"
    )
    probe = Probe.read(200, front)
    assert probe.says_the_same(front)
    assert not probe.says_the_same(
        page("<h2>Boats in the lock</h2><p>Two boats were seen there on the way to the sea.</p>")
    )


@pytest.mark.parametrize("content", [b"", b"   ", b"<html></html>", b"\x89PNG\r\n\x1a\n"])
def test_what_shows_nothing(content: bytes) -> None:
    probe = Probe.read(200, content)
    assert probe.says_the_same(content)
    assert not probe.says_the_same(page("<p>Two boats have been seen in the lock.</p>"))


@given(st.integers(100, 599), st.binary(max_size=200), st.binary(max_size=200))
def test_no_bytes_raise(status: int, one: bytes, other: bytes) -> None:
    probe = Probe.read(status, one)
    assert probe.says_the_same(one) is probe.is_soft
    assert probe.says_the_same(other) in (True, False)
