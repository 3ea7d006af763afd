"""What sites say against being kept: in headers with and without names of crawlers, and in the head of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.sites.optout import KINDS, OptOut, found, opted_out

AGENT = "Winnow/0.3 (+https://paper.example/bot)"


def kinds(headers: dict[str, list[str]] | None = None, head: str = "") -> list[str]:
    return [each.kind for each in found(headers or {}, head.encode(), AGENT)]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["noindex"], ["noindex"]),
        (["NoIndex, nofollow"], ["noindex"]),
        (["none"], ["noindex"]),
        (["nofollow", "noai"], ["noai"]),
        (["noai, noimageai"], ["noai"]),
        (["noarchive"], ["noarchive"]),
        (["all"], []),
        (["index, follow, max-snippet:-1, max-image-preview:large"], []),
        (["max-snippet: 20, noindex"], ["noindex"]),
        (["unavailable_after: 25 Jun 2030 15:00:00 GMT"], []),
        (["unavailable_after: 25 Jun 2030 15:00:00 GMT, noindex"], ["noindex"]),
        (["otherbot: noindex"], []),
        (["winnow: noindex"], ["noindex"]),
        (["Winnow: noindex", "noarchive"], ["noindex"]),
        (["noindex", "winnow: all"], []),
        (["otherbot: noindex, nofollow", "noai"], ["noai"]),
        (["otherbot: nofollow, winnow: noindex"], ["noindex"]),
        (["winnow: nofollow, otherbot: noindex"], []),
        (["noindexing"], []),
        ([""], []),
    ],
)
def test_orders_for_crawlers_in_headers(values: list[str], said: list[str]) -> None:
    assert kinds({"x-robots-TAG": values}) == said


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ('<meta name="robots" content="noindex, nofollow">', ["noindex"]),
        ("<META CONTENT='none' NAME='Robots'/>", ["noindex"]),
        ("<meta name=robots content=noai>", ["noai"]),
        ('<meta name="winnow" content="noindex">', ["noindex"]),
        ('<meta name="robots" content="noindex"><meta name="winnow" content="index">', []),
        ('<meta name="googlebot" content="noindex">', []),
        ('<meta name="robots" content="no&#105;ndex">', ["noindex"]),
        ('<meta name="robots" content="index"><meta name="robots" content="noindex">', ["noindex"]),
        ('<!-- <meta name="robots" content="noindex"> -->', []),
        ('<script>"<meta name=robots content=noindex>"</script>', []),
        ('<title><meta name="robots" content="noindex"></title>', []),
        ('<meta name="description" content="noindex">', []),
        ('<meta property="robots" content="noindex">', []),
        ('<meta data-name="robots" content="noindex">', []),
        ('<meta name="tdm-reservation" content="1">', ["tdm-reservation"]),
        ('<meta name="tdm-reservation" content="0">', []),
        ('<meta name="robots" content="noindex"', ["noindex"]),
    ],
)
def test_orders_for_crawlers_in_pages(head: str, said: list[str]) -> None:
    assert kinds(head=f"<!doctype html><html><head>{head}</head><body>") == said


@pytest.mark.parametrize(
    ("value", "said"), [("1", ["tdm-reservation"]), (" 1 ", ["tdm-reservation"]), ("0", []), ("", [])]
)
def test_the_header_that_reserves_text_and_data_mining(value: str, said: list[str]) -> None:
    assert kinds({"TDM-Reservation": [value]}) == said


def test_what_was_said_is_told_with_its_place() -> None:
    headers = {"X-Robots-Tag": ["noindex"], "TDM-Reservation": ["1"]}
    head = b"<meta name=robots content='noindex, noai'>"
    assert opted_out(headers, head, AGENT) == (
        "noindex (X-Robots-Tag); noindex (meta robots); noai (meta robots); tdm-reservation (header)"
    )
    assert found({}, head, AGENT)[1] == OptOut("noai", "meta robots")
    assert opted_out({"Content-Type": ["text/html"]}, b"<p>noindex</p>", AGENT) is None


WORDS = "<meta name= robots content= noindex ' \" > <!-- --> <script </script> winnow : , tdm-reservation 1 max-snippet"
TEXTS = st.lists(st.sampled_from(WORDS.split()), max_size=20).map(" ".join)


@given(
    st.dictionaries(st.sampled_from(["X-Robots-Tag", "tdm-reservation"]), st.lists(TEXTS)),
    TEXTS | st.text(),
    st.text(max_size=9),
)
def test_nothing_raises(headers: dict[str, list[str]], head: str, agent: str) -> None:
    assert {each.kind for each in found(headers, head.encode("utf-8", "replace"), agent)} <= set(KINDS)


@pytest.mark.parametrize("begin", ["<meta ", "<meta '", "<!--", "<script", '<meta name="', "<meta a=b "])
def test_a_hostile_head_says_nothing(begin: str) -> None:
    assert kinds(head=f"<meta content=robots>{begin * 20_000}") == []
