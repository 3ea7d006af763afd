"""What a record says about its article beside the bytes reaches the article, cleaned, and goes before the bytes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lab.samples import html_page, sentences
from winnow.items import HTML, METADATA, TEXT, Article, Metadata, Page
from winnow.read.page import read_page
from winnow.sources.containers.stated import facts
from winnow.times import day

SAID = facts(
    title="The <b>ferry</b> &amp; the fog", author=[{"name": "Ann Lee"}, "Bo Berg"], date="2024-02-29T23:30:00-05:00",
    tags=["ferries", {"label": "fog"}, "null"], language="en-GB", sitename="Saltmere Post",
)  # fmt: skip
EXPECTED = {
    "title": "The ferry & the fog", "author": "Ann Lee; Bo Berg", "date": "2024-02-29", "tags": ("ferries", "fog"),
    "sitename": "Saltmere Post", "language": "en",
}  # fmt: skip


def _article(page: Page) -> Article:
    article = read_page(page).article
    assert article
    return article


@pytest.mark.parametrize("media_type", [HTML, TEXT])
def test_what_a_record_says_goes_before_what_its_bytes_say(media_type: str) -> None:
    body = html_page("Another title", sentences(1)) if media_type == HTML else "\n\n".join(sentences(1))
    page = Page("1", body=body.encode(), media_type=media_type, url="http://a.example/1")
    article = _article(replace(page, stated=SAID))
    assert {name: getattr(article, name) for name in EXPECTED} == EXPECTED
    assert (article.url, article.hostname) == ("http://a.example/1", "a.example")
    assert article.text == _article(page).text


@pytest.mark.parametrize("value", [None, "", "  ", True, [], {}, [None, {"x": "y"}], {"name": 3}, "null", "{{title}}"])
def test_what_is_no_statement_leaves_the_article_as_it_is(value: Any) -> None:
    page = Page("1", body=html_page("A title", sentences(1)).encode())
    said = facts(**{name: value for name in METADATA if name not in ("url", "hostname", "image")})
    if value not in ("null", "{{title}}"):
        assert said == Metadata()
    assert _article(replace(page, stated=said)) == _article(page)


def test_tags_may_be_an_object_by_their_names() -> None:
    assert facts(tags={"huts": {"type": "manual"}, "fog": {"name": "Fog", "type": "manual"}}).tags == ("huts", "fog")
    assert facts(author={"id": 7}).author is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-02-29T23:30:00-05:00", "2024-02-29"), ("Fri, 1 Mar 2024 00:10:00 +0900", "2024-03-01"),
        ("20240229T101500Z", "2024-02-29"), (0, "1970-01-01"), (1709200800, "2024-02-29"),
        (1709200800000, "2024-02-29"), ("soon", None), (None, None),
    ],
)  # fmt: skip
def test_day_is_that_of_the_zone_in_which_it_is_written(value: object, expected: str | None) -> None:
    assert day(value) == expected


def test_note_that_evernote_exported_as_html_keeps_its_address() -> None:
    page = html_page("Mill race", sentences(2)).replace(
        "<head>",
        '<head><meta name="source-url" content="http://a.example/mill"/><meta name="author" content="Ann Lee"/>',
    )
    article = _article(Page("Mill race.html", body=page.encode()))
    assert (article.url, article.hostname, article.author) == ("http://a.example/mill", "a.example", "Ann Lee")


@pytest.mark.parametrize("headline", ["<h1>{}</h1>", "<h2>{}</h2>", "<p>{}</p>", "<p><b>{}</b></p>"])
def test_headline_of_the_page_is_not_in_the_text_where_another_title_is_stated(headline: str) -> None:
    title = "Ferry terminal opens after nine years of waiting"
    body = html_page(title, sentences(1)).replace(f"<h1>{title}</h1>", headline.format(title))
    page = Page("a.html", body=body.encode())
    own, told = (_article(replace(page, stated=stated)) for stated in (Metadata(), Metadata(title="Letter 7")))
    assert (own.title, told.title) == (title, "Letter 7")
    assert told.text == own.text
