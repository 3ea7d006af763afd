"""What holds for the extraction of any page: it never raises, its fields are clean, its output reads the same again."""

from __future__ import annotations

import gzip
import unicodedata
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lab.samples import html_page, sentences
from tests.conftest import PROJECT
from tests.htmlpage_samples import article_page
from tests.textpage_samples import SAMPLES
from winnow.items import Article, Kind, Page
from winnow.read.page import read_page
from winnow.read.repeated_head import without_head
from winnow.text import tokens


def samples() -> dict[str, bytes]:
    """Read our own pages: the seeds that ship with the project, and those of the other tests."""
    pages = {}
    for path in sorted((PROJECT / "seeds").rglob("*")):
        if path.is_file():
            body = path.read_bytes()
            pages[path.relative_to(PROJECT).as_posix()] = gzip.decompress(body) if path.suffix == ".gz" else body
    pages |= {f"{language}.html": article_page(language, language < "f").encode() for language in SAMPLES}
    return pages | {f"{seed}.html": html_page(f"Story {seed}", sentences(seed)).encode() for seed in range(3)}


PAGES = samples()
JUNK = [b"\x00", b"\x1f", b"\x85", "\ud800".encode("utf-8", "surrogatepass"), b"&#0;", b"&#xD800;", b"&#x1f;",
        b"\xff\xfe", b"<", b"</", b"<!--", b"<p>", b"</div>", b"<table><tr>", b"<script>", b"<svg>", b"<button>",
        b"<main>",
        b'<meta property="og:title" content="&#x1;', b'<time datetime="', b"\xe2\x80\x8b", b"\r", b"\x0b",
        b'<script type="application/ld+json">{"@type":"Article","author":']  # fmt: skip


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """Take one of our pages and cut, double, move and soil parts of it."""
    page = PAGES[draw(st.sampled_from(sorted(PAGES)))]
    for _ in range(draw(st.integers(1, 5))):
        at, end = sorted((draw(st.integers(0, len(page))), draw(st.integers(0, len(page)))))
        page = draw(
            st.sampled_from(
                [
                    page[:at] + page[end:],
                    page[:end] + page[at : at + 2_000] + page[end:],
                    page[:at] + draw(st.sampled_from(JUNK)) + page[at:],
                    page[:end] + draw(st.binary(max_size=20)) + page[end:],
                ]
            )
        )
    return page


def read(body: bytes, name: str) -> Article | None:
    """Read a page; whatever it is, it has an article or says why not."""
    reading = read_page(Page(name, body=body))
    assert (reading.article is None) == (reading.rejection is not None)
    assert reading.rejection is None or reading.rejection.detail
    if reading.article is not None:
        check_clean(reading.article)
    return reading.article


def check_clean(article: Article) -> None:
    """Find nothing in any field that a database or a terminal should not see, and no field that is there but empty."""
    for field in fields(article):
        value = getattr(article, field.name)
        for text in value if isinstance(value, tuple) else [value] if value is not None else []:
            if isinstance(text, float):  # the confidence
                continue
            assert text.strip(), field.name
            unwanted = {char for char in text if unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n"}
            assert not unwanted, field.name
            assert field.name in ("text", "markdown") or "\n" not in text, field.name


@given(st.binary(max_size=500), st.sampled_from(["a.html", "a.txt", "a"]))
@settings(max_examples=100)
def test_no_bytes_make_extraction_raise(body: bytes, name: str) -> None:
    read(body, name)


@given(mutations(), st.sampled_from(["a.html", "a.txt", "a"]))
@settings(max_examples=80, suppress_health_check=[HealthCheck.data_too_large])
def test_no_damage_to_a_page_makes_extraction_raise(body: bytes, name: str) -> None:
    read(body, name)


# The reader of captures loses the last item of a list of rules; read as HTML, this page is whole.
LOST_AS_CAPTURES = ("seeds/harbour-gazette/2024-03-15-lighthouse-diaries.html",)


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.xfail(strict=True)) if name in LOST_AS_CAPTURES else name for name in PAGES],
)
def test_own_output_keeps_the_article(name: str) -> None:
    first = read(PAGES[name], Path(name).name)
    if first is None or first.kind is Kind.LISTING:  # a capture of a listing is no article
        return
    again = read(f"{first.title}\n\n{first.text}\n".encode(), "again.txt")
    assert again is not None
    # The headlines of pages that are made of random words are none: rather no title than a wrong one.
    assert again.title == first.title or (name[0].isdigit() and again.title is None)
    kept = Counter(tokens(f"{again.description or ''} {again.text}"))  # a standfirst is the description of a text page
    lost = Counter(tokens(first.text)) - kept
    assert lost.total() <= 0.02 * len(tokens(first.text)), lost
    assert not Counter(tokens(again.text)) - Counter(tokens(first.text))


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("The ferry\n\nIt sails.", "The ferry", "It sails."),
        ("THE FERRY!\n\nIt sails.", "The Ferry", "It sails."),
        ("It sails.\n\nThe ferry", "The ferry", "It sails.\n\nThe ferry"),
        ("The ferry sails.\n\nAt six.", "The ferry", "The ferry sails.\n\nAt six."),
        ("It sails.", None, "It sails."),
        ("The ferry", "The ferry", ""),
    ],
)
def test_title_is_no_part_of_the_text(text: str, title: str | None, expected: str) -> None:
    assert without_head(text, title, None) == expected


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ("By Ann Weaver\n\n14 March 2026, 6:00", ""),
        ("The ferry\n\nAnn Weaver | Saturday, 14 March 2026", ""),
        ("Von Ann Weaver\n\nVeröffentlicht am 14. März 2026 um 6:00 Uhr", ""),
        ("2026-03-14\n\nLast updated: 2026-03-15", ""),
        ("Harrowby, 14 March 2026", "Harrowby, 14 March 2026\n\n"),
        ("Ann Weaver: How did it begin?", "Ann Weaver: How did it begin?\n\n"),
        ("By Ida Verlane", "By Ida Verlane\n\n"),
        ("On Monday", "On Monday\n\n"),
        ("Posted by: Ann Weaver 1 year, 4 months ago\n\n(0 comments)", ""),
        ("Publicado por: Ann Weaver hace 1 año, 7 meses\n\n(0 comentarios)", ""),
        ("Lagt op af: Ann Weaver 1 år, 6 måneder siden", ""),
        ("投稿者: Ann Weaver 2年 前\n\n(0 のコメント)", ""),
        ("كتبه: Ann Weaver منذ 1 سنة، 4 أشهر", ""),
        ("Ann Weaver 3 goals, 2 assists", "Ann Weaver 3 goals, 2 assists\n\n"),
        ("Ann Weaver: 3 goals, 2 assists", "Ann Weaver: 3 goals, 2 assists\n\n"),
        (
            "Best of the day: Ann Weaver won 3 races on 2 boats in 1 hour",
            "Best of the day: Ann Weaver won 3 races on 2 boats in 1 hour\n\n",
        ),
        ("(52 products)", "(52 products)\n\n"),
    ],
)
def test_lines_that_only_name_author_and_day_are_no_part_of_the_text(head: str, kept: str) -> None:
    body = "It sails.\n\n14 March 2026"
    assert without_head(f"{head}\n\n{body}", "The ferry", "Ann Weaver") == kept + body
