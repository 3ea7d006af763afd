"""Metadata of hostile pages: any markup, any bytes, work that grows with the page only."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from tests.metadata_samples import PROSE, TITLE, parse, read
from winnow.items import Metadata
from winnow.read.metadata import read_metadata


def texts_of(found: Metadata) -> list[str]:
    values = [getattr(found, field.name) for field in fields(found)]
    return [text for value in values for text in (value if isinstance(value, tuple) else (value,)) if text is not None]


def check_clean(found: Metadata) -> None:
    for text in texts_of(found):
        assert text
        assert text == " ".join(text.split())
        assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs")]
    assert found.date is None or re.fullmatch(r"\d{4}-\d\d-\d\d", found.date)
    assert found.title is None or len(found.title) <= 500


VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "2024-03-02",
            "Ada Lund",
            "https://a.example/x",
            "&#0;&lt;b&gt;",
            "\\ud800",
            "{",
            "März ſep 2 2024",
            "١٢/٠٣/2024",
        ]
    ),
)
NAMES = st.sampled_from(
    "title h1 h2 time meta link script p a div span nav footer aside article form body noscript svg".split()  # noqa: SIM905
)
ATTRIBUTES = st.sampled_from(
    "class id rel itemprop property name content datetime href lang type pubdate".split()  # noqa: SIM905
)
CUES = st.sampled_from(
    [
        "author", "byline", "date published", "updated", "comments", "related", "tag", "canonical", "datePublished",
        "name", "og:title", "article:published_time", "application/ld+json", "keywords", "nav menu", "/author/x",
    ]
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 25))):
        name = draw(NAMES)
        attributes = draw(st.dictionaries(ATTRIBUTES, st.one_of(CUES, VALUES), max_size=4))
        written = "".join(f' {key}="{value}"' for key, value in attributes.items())
        close = draw(st.sampled_from([f"</{name}>", "", "</div>", "<!-- x -->tail"]))
        parts.append(f"<{name}{written}>{draw(VALUES)}{close}")
    return "".join(parts)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), VALUES),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ["@type", "@id", "@graph", "author", "name", "headline", "datePublished", "publisher", "keywords",
                 "image", "url", "mainEntityOfPage", "mainEntity", "articleSection", "description", "inLanguage"]
            ),
            st.one_of(inner, st.sampled_from(["Article", "WebPage", "Person", "Organization", "#a"])),
            max_size=6,
        ),
    ),
    max_leaves=20,
)  # fmt: skip


class TestHostile:
    @given(pages())
    @example("<h1>2000</h1><h1>A\x1b\rA</h1>")
    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    def test_any_markup(self, page: str) -> None:
        tree = parse(b"<html>" + page.encode("utf-8", "replace"))
        before = etree.tostring(tree)
        check_clean(read_metadata(tree))
        assert etree.tostring(tree) == before

    @given(st.binary(max_size=400))
    @settings(deadline=None)
    def test_any_bytes(self, data: bytes) -> None:
        check_clean(read_metadata(parse(b"<html><body>" + data)))

    @given(JSON)
    @settings(max_examples=150, deadline=None)
    def test_any_linked_data(self, value: object) -> None:
        body = f"<h1>{TITLE}</h1>{PROSE}"
        check_clean(read(body, f'<script type="application/ld+json">{json.dumps(value).replace("<", "")}</script>'))

    def test_deep_nesting(self) -> None:
        page = parse(f"<html><body><h1>{TITLE}</h1></body></html>")
        inner: etree._Element = page
        for _ in range(3000):
            inner = etree.SubElement(inner, "div", {"class": "author"})
        inner.text = "Ada Lund"
        assert read_metadata(page).title == TITLE

    def test_same_answer_twice(self) -> None:
        tree = parse(f"<html><body><h1>{TITLE}</h1><p>By Ada Lund</p><p>March 2, 2024</p>{PROSE}</body></html>")
        assert read_metadata(tree) == read_metadata(tree)

    @pytest.mark.parametrize(
        "piece",
        [
            '<div class="author">',
            "<h1>x ",
            "<time>2 March 2024</time> ",
            '<a rel="author">Ada Lund</a>',
            '<div itemprop="author">',
            '<nav><div class="menu"><form>',
        ],
    )
    def test_work_grows_with_the_page_only(self, piece: str) -> None:
        def cost(count: int) -> float:
            tree = document_fromstring("<html><body>" + piece * count, parser=HTMLParser(huge_tree=True))
            start = time.process_time()
            read_metadata(tree)
            return time.process_time() - start

        assert cost(8_000) < 20 * cost(1_000) + 0.5

    def test_white_space_in_keywords_costs_no_more_than_its_length(self) -> None:
        tree = document_fromstring(f'<meta name="keywords" content="mill{" " * 200_000}x, tide"><body><p>mill')
        start = time.process_time()
        read_metadata(tree)
        assert time.process_time() - start < 2
