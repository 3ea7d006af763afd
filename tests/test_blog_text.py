"""Blogs in the text form of Movable Type: entries with their heads, sections and comments, and texts that are none."""

from __future__ import annotations

import io

import pytest

from lab.samples import sentences
from tests.records import LIMIT, pages, passed, problems
from winnow.items import HTML, TEXT, Page
from winnow.read.page import read_page
from winnow.sources.containers import kind_of, records
from winnow.sources.containers.records import ContainerOptions, Item, Record

TEXT_OF = "\n\n".join(sentences(3))
HTML_OF = "".join(f"<p>{each}</p>\n" for each in sentences(4))


def _entry(body: str, *head: str, more: str = "") -> str:
    rows = "\n".join(["AUTHOR: Ann Lee", *(head or ("TITLE: A day", "DATE: 03/04/2024 23:30:00"))])
    return f"{rows}\n-----\nBODY:\n{body}\n-----\n{more}--------\n"


def _items(text: str, encoding: str = "utf-8", limit: int = LIMIT) -> list[Item]:
    data = text.encode(encoding)
    kind = kind_of("blog.txt", data[: 64 << 10])
    assert kind
    assert kind.name == "blog"
    return list(records(io.BytesIO(data), kind, ContainerOptions(limit)))


def _pages(items: list[Item]) -> list[Page]:
    return [item.page for item in items if isinstance(item, Record)]


def test_entry_has_the_text_of_both_sections_and_what_its_head_states() -> None:
    head = [
        *("TITLE: Fähren: ein Tag", "STATUS: Publish", "ALLOW COMMENTS: 1", "CONVERT BREAKS: 0"),
        *("DATE: 03/04/2024 11:30:00 PM", "PRIMARY CATEGORY: Häfen", "CATEGORY: Häfen", "CATEGORY: Boote"),
        *("TAGS: fog", "UNIQUE URL: http://a.example/1"),
    ]
    more = f"EXTENDED BODY:\n{HTML_OF}\n-----\nEXCERPT:\nIn short.\n-----\nKEYWORDS:\n\n-----\n"
    items = _items(_entry("<p>" + "Begun so. " * 30 + "</p>", *head, more=more) * 2)
    page = _pages(items)[1]
    assert (page.path, page.media_type, page.url) == ("2", HTML, "http://a.example/1")
    said = page.stated
    assert (said.title, said.author, said.date) == ("Fähren: ein Tag", "Ann Lee", "2024-03-04")
    assert (said.tags, said.description) == (("Häfen", "Boote", "fog"), "In short.")
    article = read_page(page).article
    assert article
    assert article.text == "\n\n".join(["Begun so. " * 29 + "Begun so.", *sentences(4)])


def test_rows_of_dashes_in_a_text_end_nothing() -> None:
    body = f"{TEXT_OF}\n\n-----\n\nBehind a rule.\n--------\nBehind a longer one."
    [first, second] = _pages(_items(_entry(body) + _entry(TEXT_OF)))
    assert first.body.decode() == body
    assert second.body.decode() == TEXT_OF


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_and_pings_are_counted_and_no_part_of_the_text(end: str) -> None:
    more = "COMMENT:\nAUTHOR: Bo\nDATE: 03/05/2024 10:00:00\nSeen it, too.\n-----\nPING:\nTITLE: x\n-----\n"
    items = _items((_entry(TEXT_OF, more=more) * 2).replace("\n", end))
    assert [page.body.decode() for page in _pages(items)] == [TEXT_OF, TEXT_OF]
    assert passed(items) == ["comment on an entry"] * 4


def test_rows_of_html_without_paragraphs_become_paragraphs() -> None:
    body = f'{sentences(5)[0]}\n<img src="a.png">\n\n{sentences(5)[1]}'
    [page] = _pages(_items(_entry(body, "TITLE: A", "CONVERT BREAKS: 1")))
    article = read_page(page).article
    assert article
    assert article.text == "\n\n".join(sentences(5)[:2])


def test_draft_has_no_day_and_an_empty_entry_no_text() -> None:
    items = _items(_entry(TEXT_OF, "TITLE: A", "STATUS: Draft", "DATE: 03/04/2024 10:00:00") + _entry(" "))
    assert _pages(items)[0].stated.date is None
    assert passed(items) == ["entry without its text"]
    [page] = _pages(_items(_entry(TEXT_OF, "TITLE: A", "DATE: 24/12/2024")))
    assert page.stated.date is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp932", "euc_jp"])
def test_blog_is_read_in_its_encoding(encoding: str) -> None:
    text = "市は月曜日に橋を閉鎖すると発表した。渡し船はこれから毎日運航される見通しだという。" * 9
    [page] = _pages(_items(_entry(text, "TITLE: 橋の閉鎖"), encoding))
    assert (page.body.decode(), page.stated.title, page.media_type) == (text, "橋の閉鎖", TEXT)


def test_entry_that_is_too_large_costs_no_other_one_and_the_last_may_lack_its_end() -> None:
    long = _entry("x y z\n" * 400_000)
    items = _items(_entry(TEXT_OF) + long + _entry(TEXT_OF).removesuffix("-----\n--------\n"))
    assert list(pages(items)) == ["1", "3"]
    assert list(problems(items)) == ["2"]


@pytest.mark.parametrize(
    "text",
    [
        f"TITLE: A day\nAUTHOR: Ann Lee\n\n{TEXT_OF}",
        f"TITLE: A day\n-----\n{TEXT_OF}",
        f"A day\n-----\nBODY:\n{TEXT_OF}",
        f"DATE: 29 Feb 2024\n-----\nBody of the letter:\n{TEXT_OF}",
    ],
)
def test_text_with_a_head_of_its_own_is_a_page(text: str) -> None:
    assert kind_of("page.txt", text.encode()) is None
