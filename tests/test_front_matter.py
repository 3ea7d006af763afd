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
