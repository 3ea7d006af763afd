"""Front matter of Markdown files: what it states reaches the article, and the block is no part of the text."""

from __future__ import annotations

import pytest

from lab.samples import sentences
from winnow.items import Article, Metadata, Page
from winnow.read.page import read_page
from winnow.read.plain.front_matter import split_front_matter, without_marks

TEXT = "\n\n".join(sentences(3))

CLIPPED = """---
title: "The \\"Mill Race\\": a day out"
source: "https://www.a.example/mill-race?x=1"
author:
  - "[[Åse Lund]]"
  - "[[people/bo|Bo Berg]]"
published: 2024-02-29
created: 2024-03-05
description: >
  What the water does
  in spring.
tags:
  - "clippings"
  - water
---
"""
TOLD = Metadata(
    title='The "Mill Race": a day out', author="Åse Lund; Bo Berg", date="2024-02-29",
    url="https://www.a.example/mill-race?x=1",
    description="What the water does in spring.", tags=("clippings", "water"),
)  # fmt: skip


def _article(text: str, name: str = "note.md") -> Article:
    article = read_page(Page(name, body=text.encode())).article
    assert article
    return article


def test_clipping_is_read_with_all_that_it_states() -> None:
    assert split_front_matter(CLIPPED + TEXT) == (TOLD, TEXT)
    article = _article(CLIPPED + f"# The Mill Race\n\n{TEXT}")
    assert (article.title, article.author, article.date) == (TOLD.title, TOLD.author, TOLD.date)
    assert (article.url, article.hostname, article.tags) == (TOLD.url, "a.example", TOLD.tags)
    for unwanted in ("source:", "clippings", "---", "created"):
        assert unwanted not in article.text
    assert sentences(3)[0] in article.text
    assert sentences(3)[-1] in article.text


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("Title: Ein Tag\nURL: http://a.example/\nlang: de",
         Metadata(title="Ein Tag", url="http://a.example/", language="de")),
        ("title: 'Ann''s day' \ntags: [huts, \"fog, thick\"]",
         Metadata(title="Ann's day", tags=("huts", "fog, thick"))),
        ("date: 2024-02-29T23:30:00-05:00 # local\nauthors: [Ann Lee, Bo Berg]",
         Metadata(author="Ann Lee; Bo Berg", date="2024-02-29")),
        ("created: soon\npublished:\ndate: 2024-02-29", Metadata(date="2024-02-29")),
        ("source_url: http://a.example/1\nid: 7\nlatitude: 0.0", Metadata(url="http://a.example/1")),
        ("title: Nota: el río\r\nsite: El Puerto", Metadata(title="Nota: el río", sitename="El Puerto")),
    ],
)  # fmt: skip
def test_block_is_read_as_it_may_be_written(block: str, expected: Metadata) -> None:
    assert split_front_matter(f"---\n{block}\n---\n{TEXT}") == (expected, TEXT)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"---\n{TEXT}",
        f"---\n\n---\n{TEXT}",
        f"---\nid: 7\n---\n{TEXT}",
        f"Begin\n---\ntitle: a\n---\n{TEXT}",
        "---",
        "",
    ],
)
def test_text_without_a_block_stays_as_it_is(text: str) -> None:
    assert split_front_matter(text) == (Metadata(), text)


def test_heading_of_markdown_is_a_title_without_its_sign() -> None:
    assert [without_marks(title) for title in ("# Mill race", "## #fog", "#fog", "C# 14 is out", None, "# ")] == [
        "Mill race", "#fog", "#fog", "C# 14 is out", None, None,
    ]  # fmt: skip
    assert (_article(f"# Mill race in the spring\n\n{TEXT}").title or "").startswith("Mill race")


BOTH = Metadata(title="Mill race", author="Åse Lund", date="2024-02-29", url="https://a.example/mill?x=1")


@pytest.mark.parametrize(
    "rows",
    [
        "title:: Mill race\nauthor:: [[Åse Lund]]\nsource:: https://a.example/mill?x=1\npublished:: 2024-02-29",
        "- Author: [[Åse Lund]]\n- Full Title: Mill race\n- Date: 2024-02-29\n- URL: <https://a.example/mill?x=1>",
        "**Title:** Mill race\n**Author:** Åse Lund\n**Link:** [a](https://a.example/mill?x=1)\n**Date:** 2024-02-29",
    ],
)
def test_rows_of_properties_are_read_as_a_block_is(rows: str) -> None:
    stated, rest = split_front_matter(f"{rows}\n\n{TEXT}")
    assert (stated, rest.strip()) == (BOTH, TEXT)
    stated, rest = split_front_matter(f"# Mill race\n\n![](cover.png)\n\n## Metadata\n{rows}\n\n{TEXT}")
    assert stated == BOTH
    assert "a.example" not in rest
    assert rest.endswith(TEXT)


def test_properties_at_the_end_are_read_and_no_part_of_the_text() -> None:
    rows = "id: 3f2b9f0c\ncreated_time: 2024-03-05T08:20Z\nauthor: \nsource_url: https://a.example/mill\nsource: joplin"
    article = _article(f"Mill race\n\n{TEXT}\n\n{rows}")
    assert (article.url, article.date, article.author) == ("https://a.example/mill", None, None)
    assert article.text.endswith(sentences(3)[-1])


@pytest.mark.parametrize(
    "rows", ["Note: bring a lamp\nPlace: the mill", "Source: a letter\nAuthor: unknown", "URL: none"]
)
def test_rows_without_an_address_are_text(rows: str) -> None:
    assert split_front_matter(f"{rows}\n\n{TEXT}") == (Metadata(), f"{rows}\n\n{TEXT}")


@pytest.mark.parametrize(
    "head", ["{}\n\nMill race\n\nÅse Lund", "Mill race\n{}\nÅse Lund", "Mill race\n\n<{}>\n\nÅse Lund"]
)
def test_address_in_a_row_of_its_own_is_that_of_the_page_and_no_title(head: str) -> None:
    address = "https://www.a.example/2024/mill-race.html"
    article = _article(f"{head.format(address)}\n\n{TEXT}", "note.txt")
    assert article.url == address
    assert address not in f"{article.title} {article.text}"


@pytest.mark.parametrize("name", ["Anna", "Fru Åse Lund", "**Анна**"])
def test_what_people_say_above_an_address_is_text(name: str) -> None:
    said = f"{name}: Who keeps the mill?\nBo: Nobody does.\n{name}: And then?\nBo: We paint it."
    for text in (
        f"{TEXT}\n\n{said}\nSource: https://a.example/mill",
        f"source: https://a.example/mill\n{said}\n\n{TEXT}",
    ):
        assert split_front_matter(text) == (Metadata(), text)


@pytest.mark.parametrize(
    "head",
    [
        "https://a.example/1\nhttps://a.example/2",
        "Mill race\n\nÅse Lund\n\nThe Post\n\nMarch\n\nhttps://a.example/1",
        "https://a.example/",
    ],
)
def test_lists_of_addresses_and_names_of_sites_are_no_address_of_the_page(head: str) -> None:
    assert split_front_matter(f"{head}\n\n{TEXT}") == (Metadata(), f"{head}\n\n{TEXT}")


def test_address_that_a_browser_has_printed_on_each_page_is_that_of_the_page() -> None:
    foot = "https://a.example/mill \t{}/3"
    pages = [f"3/5/24, 9:12\tMill race\n\n{TEXT}\n\n{foot.format(number)}" for number in (1, 2, 3)]
    assert split_front_matter("\f".join(pages))[0] == Metadata(url="https://a.example/mill")
    assert split_front_matter("\n".join(pages).replace(" \t", "\n\n"))[0] == Metadata(url="https://a.example/mill")
    assert split_front_matter("\n".join(pages[1:]))[0] == Metadata()
    pages[0] = pages[0].replace("/mill", "/…")
    assert split_front_matter("\f".join(pages))[0] == Metadata()


def test_when_a_clipping_was_made_is_not_when_its_page_was_published() -> None:
    block = "title: Mill race\ncreated: 2024-03-05\npublished:\n"
    assert split_front_matter(f"---\n{block}---\n{TEXT}")[0].date == "2024-03-05"
    assert split_front_matter(f"---\n{block}source: https://a.example/mill\n---\n{TEXT}")[0].date is None


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("Weeknotes 212: a wheel, a weir", " | Quay Notes"),
        ("Das Rad dreht sich wieder", " – Hafenbote"),
        ("水車がまた回る", "_みなと新聞"),
        ("The wheel turns - again", ""),
    ],
)
def test_what_readers_that_answer_with_markdown_state_is_no_part_of_the_text(title: str, site: str) -> None:
    head = (
        f"Title: {title}{site}\n\nURL Source: https://a.example/mill\n\n"
        "Published Time: 2024-02-29T06:30:00+00:00\n\nMarkdown Content:\n"
    )
    article = _article(f"{head}# {title}\n\n{TEXT}", "page.txt")
    assert (article.title, article.url, article.date) == (title, "https://a.example/mill", "2024-02-29")
    assert article.text == TEXT


@pytest.mark.parametrize("first", ["Update: the wheel turns again", "Title: the wheel"])
def test_a_paragraph_below_properties_is_text_though_it_has_their_form(first: str) -> None:
    stated, rest = split_front_matter(f"Weir: old\nSource: https://a.example/1\n\nUpdate: it turns.\n\n{TEXT}")
    assert (stated.url, rest) == ("https://a.example/1", f"\nUpdate: it turns.\n\n{TEXT}")
    stated, rest = split_front_matter(f"{first}\n\nLink: https://a.example/1\nDate: 2024-02-29\n\n{TEXT}")
    assert stated.url == "https://a.example/1"
    assert ("the wheel turns" in rest) == first.startswith("Update")


@pytest.mark.parametrize(
    ("author", "named"),
    [
        ("Par Hélène Quémeneur", "Hélène Quémeneur"),
        ("Yazan Nermin Yalçınkaya", "Nermin Yalçınkaya"),
        ("作者：陳郁雯", "陳郁雯"),
        ("بقلم سلمى الحارثي", "سلمى الحارثي"),
        ("Von der Leyen, Ursula", "Von der Leyen, Ursula"),
        ("Per Olov Enquist", "Per Olov Enquist"),
        ("Harbour Gazette", "Harbour Gazette"),
    ],
)
def test_an_author_that_is_stated_is_a_name_without_the_word_for_by(author: str, named: str) -> None:
    assert split_front_matter(f'---\ntitle: a\nauthor: "{author}"\n---\n{TEXT}')[0].author == named
