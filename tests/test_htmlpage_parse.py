"""Pages are parsed, and searched by trafilatura, as if nothing had been made faster."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from trafilatura import xpaths
from trafilatura.utils import load_html

from lab.samples import html_page, sentences
from winnow.items import HTML, Article, Rejection
from winnow.read.decode import Decoded
from winnow.read.extract import DEEP, extract
from winnow.read.html.parse import parse_as_written
from winnow.read.html.trafilatura_searches import Search, is_single

PIECES = (
    "<div class='a b'>|</div>|<p id=x>|Text |&amp;|<!doctype html/>|<html/>|<html lang=en>|\n|<br/>|<!-- no -->|é|<"
    "|<?xml version='1.0' encoding='latin1'?>|\x00|\x0b|\ufffe"
)
MARKUP = st.lists(st.sampled_from(PIECES.split("|")), max_size=25).map("".join)


def written(tree: etree._Element | None) -> bytes | None:
    return None if tree is None else etree.tostring(tree)


@given(MARKUP, st.booleans())
def test_tree_is_that_of_trafilatura(text: str, long: bool) -> None:
    text = f"{text}{'x' * 4096}\n{text}" if long else text
    expected = load_html(text)  # None where all stands in one element
    assert expected is None or written(parse_as_written(text)) == written(expected)


def test_whole_page_is_that_of_trafilatura() -> None:
    page = html_page("A title", sentences(1))
    assert written(parse_as_written(page)) == written(load_html(page)) is not None


def page_text(body: str) -> str:
    """Return the article's text of a page, or why there is none."""
    found = extract(Decoded(f"<html><body>{body}</body></html>", HTML, "utf-8"))
    return found.detail if isinstance(found, Rejection) else found.text


STORY = "\n\n".join(sentences(1))
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in sentences(1))


@pytest.mark.parametrize(
    "page",
    [
        f"<article><div>{PARAGRAPHS}</div></article>",
        f"<div id='page-1' class='page'><div>{PARAGRAPHS}</div></div>",
        f"<!-- saved on Monday -->\n<body><main>{PARAGRAPHS}</main></body>",
        f"<div class=a>\n<div class=b><section>{PARAGRAPHS}</section></div></div>",
        f"<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<FILENAME>d99.htm\n<TEXT>\n<html><body>{PARAGRAPHS}</body></html>",
        f"<p>{STORY.replace(chr(10) * 2, '<br><br>')}</p>",
    ],
)
def test_a_piece_of_a_page_in_one_element_is_read(page: str) -> None:
    found = extract(Decoded(page, HTML, "utf-8"))
    assert isinstance(found, Article)
    assert found.text.split() == STORY.split()


@pytest.mark.parametrize(
    "before",
    [
        "<div>" * 300,
        "<ul><li>" * 400,
        "<font><b>" * 200,
        "<blockquote>" * 2000,
        f'<img src="data:image/png;base64,{"A" * 11_000_000}">',
        f"<script>{'var page = 1;' * 900_000}</script>",
    ],
    ids=["boxes", "lists", "unclosed", "quotes", "picture", "script"],
)
def test_deep_and_large_elements_do_not_end_a_page(before: str) -> None:
    assert page_text(f"{before}{PARAGRAPHS}").endswith(STORY)


def test_what_is_nested_too_deeply_to_be_read_is_told() -> None:
    deep = "<div>" * 2100
    assert DEEP in page_text(f"{deep}{PARAGRAPHS}")
    found = extract(Decoded(f"<html><body>{PARAGRAPHS}{deep}<p>Lost.</p></body></html>", HTML, "utf-8"))
    assert isinstance(found, Article)
    assert (found.text, found.note) == (STORY, DEEP)


EXPRESSION = ".//*[self::div or self::p][@class='a' or re:test(@id|@class, '^(?:b|c-)') or contains(@style, 'none')]"
BEARING = st.dictionaries(
    st.sampled_from(["class", "id", "style", "href"]), st.sampled_from(["a", "b", "c-1", "none", "\t", ""]), max_size=3
)
TREES = st.recursive(
    st.tuples(st.sampled_from(["div", "p", "b", "x-y"]), BEARING, st.just(())),
    lambda inner: st.tuples(st.sampled_from(["div", "p", "b"]), BEARING, st.lists(inner, max_size=3).map(tuple)),
)


def grown(tree: tuple[str, dict[str, str], tuple[object, ...]]) -> etree._Element:
    tag, attributes, children = tree
    element = etree.Element(tag, attributes)
    element.extend(grown(child) for child in children)  # type: ignore[arg-type]
    return element


@given(st.lists(TREES, max_size=4))
def test_remembered_search_finds_the_same_elements(
    trees: list[tuple[str, dict[str, str], tuple[object, ...]]],
) -> None:
    root = etree.Element("html")
    root.extend(map(grown, trees))
    expression = compiled(EXPRESSION)
    assert list(search_of(EXPRESSION)(root)) == expression(root)


_made: dict[str, Search] = {}


def search_of(path: str) -> Search:
    """Return the same search every time, so that it has something to remember."""
    return _made.setdefault(path, Search(compiled(path)))


def compiled(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces={"re": "http://exslt.org/regular-expressions"})


@pytest.mark.parametrize(
    ("path", "single"),
    [
        (EXPRESSION, True),
        ("(.//*[self::main or self::div][re:test(@role, '^m')])[1]", True),
        (".//*[self::div][re:test(@class, 'a')][not(.//h1)]", False),
        (".//*[re:test(@class, 'a')]/p", False),
        (".//*[self::div or re:test(@class, 'a')]", False),
        (".//*[parent::div][re:test(@class, 'a')]", False),
        (".//*[re:test(text(), 'a') and @class]", False),
        (".//*[self::div][@class='a']", True),
        (".//article", False),
    ],
)
def test_only_searches_of_single_elements_are_remembered(path: str, single: bool) -> None:
    assert is_single(compiled(path)) is single


def test_trafilaturas_expressions_are_replaced_in_its_lists() -> None:
    searches = [*xpaths.BODY_XPATH, *xpaths.OVERALL_DISCARD_XPATH]
    assert sum(isinstance(each, Search) for each in searches) == 5
