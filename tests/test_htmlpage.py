"""HTML pages as a whole: articles in six languages, hostile input, and pages that are no articles."""

from __future__ import annotations

import copy
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from trafilatura.utils import load_html

from winnow.items import Kind
from winnow.read.html import HtmlPage, read, why_no_article

from .htmlpage_samples import SITES, article_page, consent_page, error_page, index_page, is_prose, search_page
from .textpage_samples import SAMPLES, marked


def page_of(source: str | bytes) -> HtmlPage:
    tree = load_html(source)
    assert tree is not None
    return read(tree)


@pytest.mark.parametrize("telling", [True, False])
@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_keeps_paragraphs_and_loses_furniture(language: str, telling: bool) -> None:
    page = page_of(article_page(language, telling))
    paragraphs = [line for line in marked(SAMPLES[language], "A") if is_prose(line)]
    kept = [line for line in paragraphs if line in page.text]
    assert kept == paragraphs
    rest = [line for line in SAMPLES[language].splitlines() if line.strip() and line[1:2] != "|" and len(line) > 12]
    assert [line for line in rest if line in page.text] == []
    assert why_no_article(page) is None


@pytest.mark.parametrize("language", sorted(SAMPLES))
@pytest.mark.parametrize("around", ['<p><a href="/x">{}</a></p>', '<h2><a href="/x">{}</a></h2>', "<h4>{}</h4>"])
def test_long_paragraphs_in_links_or_headings_are_text(language: str, around: str) -> None:
    lines = [line for line in marked(SAMPLES[language], "A") if is_prose(line)]
    paragraphs = [" ".join(lines[i : i + 3]) for i in range(0, len(lines) - 2, 3)] * 2
    body = "".join(around.format(f"{number}. {text}") for number, text in enumerate(paragraphs, 1))
    page = page_of(f"<html><body><nav><a href='/'>A</a></nav><main><h1>{lines[0][:25]}</h1>{body}</main></body></html>")
    assert why_no_article(page) is None
    assert page.text.count(paragraphs[0]) == 2


@pytest.mark.parametrize("language", sorted(SITES))
@pytest.mark.parametrize("layout", ["cards", "rows", "posts"])
def test_an_index_page_is_rejected_or_told_as_a_listing(language: str, layout: str) -> None:
    page = page_of(index_page(language, layout))
    why = why_no_article(page)
    assert (
        page.kind in (Kind.LISTING, Kind.COLLECTION) if why is None else why.startswith(("an index page", "no lines"))
    )


@pytest.mark.parametrize("language", sorted(SITES))
def test_rejects_search_results(language: str) -> None:
    assert (why_no_article(page_of(search_page(language))) or "").startswith("search results")


@pytest.mark.parametrize("language", sorted(SITES))
def test_rejects_error_pages(language: str) -> None:
    assert (why_no_article(page_of(error_page(language))) or "").startswith("an error page")


@pytest.mark.parametrize("language", sorted(SITES))
def test_rejects_consent_pages(language: str) -> None:
    assert (why_no_article(page_of(consent_page(language))) or "").startswith("a consent page")


def test_rejects_almost_empty_pages() -> None:
    assert why_no_article(page_of("<html><body><div><p>Loading the story.</p></div></body></html>")) == (
        "only 3 words of running text"
    )


def test_an_article_about_errors_or_cookies_is_an_article() -> None:
    body = "".join(
        f"<p>In chapter {k} we look at how a server says that a page was not found, why visitors dislike it, and what "
        "a good page of that sort should offer them instead of a dead end and an apology.</p>"
        "<p>The recipe asks for flour, butter and sugar, and the dough should rest for an hour in a cold room.</p>"
        for k in range(4)
    )
    page = page_of(f"<html><head><title>404 not found</title></head><body><article><h1>Not found: cookies</h1>{body}")
    assert why_no_article(page) is None


def test_the_tree_is_not_changed() -> None:
    tree = load_html(article_page(sorted(SAMPLES)[0], True))
    assert tree is not None
    before = etree.tostring(copy.deepcopy(tree))
    read(tree)
    assert etree.tostring(tree) == before


def test_huge_and_deep_pages_stay_bounded() -> None:
    tiny = "<html><body><article>" + "<p>A short line here.</p>" + "<b>x</b>" * 60_000
    assert len(page_of(tiny).text) < 200_000
    assert isinstance(page_of("<html><body>" + "<div>" * 240 + "<p>deep down</p>").text, str)


@settings(max_examples=80)
@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_never_raises_on_bytes(content: bytes) -> None:
    check(load_html(content))
    check(load_html(b"<html><body><p>" + content + b"<table><tr><td>" + content + b"<pre>" + content))


def check(tree: etree._Element | None) -> None:
    if tree is None:
        return
    page = read(tree)
    why_no_article(page)
    bad = [char for char in page.text if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"]
    assert bad == []
    assert page.text == page.text.strip()
    page.text.encode("utf-8")
