"""An article's page: contents, highlights and pictures in the text, its place in the search, how it is set."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from tests.browsing import visit
from tests.conftest import SEEDS, read_folder
from winnow.room import asked, neighbours, search
from winnow.room.finish import finished, highlighted, pictured, sections

pytestmark = pytest.mark.filterwarnings("ignore")

HTML = (
    "<h2>One &amp; two</h2><p>The <a href='#'>ferry</a> left at &lt;seven&gt;.</p><ul><li>bread</li><li>lamp</li></ul>"
)


def mark(number: int, quote: str, note: str | None = None) -> dict[str, Any]:
    return {"id": number, "quote": quote, "prefix": "", "suffix": "", "note": note}


def picture(before: str = "", after: str = "", **more: str) -> dict[str, Any]:
    words = {"alt": 'A "lamp"', "caption": "<b>Lit</b>", **more}
    return {"src": "/p/0", "before": [before], "after": [after], "width": 3, "height": None, **words}


def shown(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_headings_get_places_and_contents_their_words() -> None:
    html, contents = sections(HTML + "<h3 dir='rtl'>A <em>third</em></h3>")
    assert [(each.anchor, each.level, each.words) for each in contents] == [
        ("s1", 2, "One & two"),
        ("s2", 3, "A third"),
    ]
    assert '<h2 id="s1">' in html
    assert '<h3 id="s2" dir=' in html
    long = finished("<h2>x</h2>" * 3, words=900)
    assert [len(long.contents), len(finished("<h2>x</h2>" * 3, words=90).contents)] == [3, 0]


def test_a_highlight_spans_tags_and_says_its_note() -> None:
    html, gone = highlighted(HTML, [mark(7, "two The ferry left at seven", 'a "note"'), mark(8, "no such words")])
    assert gone == [8]
    assert html.count('id="m7"') == 1
    assert 'title="a &#34;note&#34;"' in html
    assert (
        "".join(shown(each) for each in re.findall(r"<mark[^>]*>(.*?)</mark>", html)) == "twoThe ferry left at <seven"
    )
    assert shown(html) == shown(HTML)


@given(st.lists(st.text("ab <&", max_size=12), min_size=1, max_size=4), st.lists(st.text("ab", max_size=5), max_size=4))
def test_highlights_change_nothing_but_marks(texts: list[str], quotes: list[str]) -> None:
    html = "".join(f"<p>{escape(text)}</p>" for text in texts)
    found, _ = highlighted(html, [mark(number, quote) for number, quote in enumerate(quotes)])
    assert re.sub("</?mark[^>]*>", "", found) == html


def test_pictures_stand_behind_what_stood_before_them() -> None:
    html = "<p>The ferry left the harbour at seven.</p><p>A “lamp”</p><p>Nobody had seen the keeper that evening.</p>"
    behind = pictured(html, [picture(before="… the ferry left the harbour at seven.")])
    assert behind.startswith("<p>The ferry left the harbour at seven.</p><figure><img ")
    assert "<figcaption>&lt;b&gt;Lit&lt;/b&gt;</figcaption></figure><p>Nobody" in behind  # its words stand there once
    before = pictured(html, [picture(after="Nobody had seen the keeper that evening", alt="")])
    assert "</figure><p>Nobody" in before
    assert pictured(html, [picture(before="A menu of another page altogether", after="too short")]) == html


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return read_folder(SEEDS, tmp_path_factory.mktemp("seeds") / "archive.db").database


def get(archive: Path, *addresses: str) -> list[httpx.Response]:
    async def visits(browser: httpx.AsyncClient) -> list[httpx.Response]:
        return [await browser.get(address) for address in addresses]

    return list(visit(archive, visits))


def test_one_goes_on_to_the_next_result_and_back_to_the_list(archive: Path) -> None:
    [results] = get(archive, "/search?q=the&sort=newest")
    ids = [int(number) for number in re.findall(r'<h2[^>]*><a href="/archive/articles/(\d+)', results.text)]
    assert len(ids) > 3
    asked = "?in=q%3Dthe%26sort%3Dnewest&n="
    first, second, last, other = get(
        archive, *(f"/archive/articles/{ids[at]}{asked}{at % len(ids) + 1}" for at in (0, 1, -1)),
        f"/archive/articles/{ids[0]}{asked}2",
    )  # fmt: skip
    links = [
        dict(re.findall(r'<a rel="(\w+)" href="/archive/articles/(\d+)\?in=', each.text))
        for each in (first, second, last)
    ]
    assert links == [{"next": str(ids[1])}, {"prev": str(ids[0]), "next": str(ids[2])}, {"prev": str(ids[-2])}]
    assert '<a rel="up" href="/search?q=the&amp;sort=newest">' in other.text
    assert 'rel="next"' not in other.text  # the results are others than those of the link
    assert "In the search" not in get(archive, f"/archive/articles/{ids[0]}?in=q%3Dthe")[0].text


def test_nothing_follows_the_last_result_that_is_listed(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (neighbours, search):
        monkeypatch.setattr(module, "PER_PAGE", 2)
    for module in (neighbours, asked):
        monkeypatch.setattr(module, "MAX_PAGES", 2)
    with contextlib.closing(sqlite3.connect(archive)) as db:
        ids = search.ids_of(db, asked.Asked.from_form({"q": "the", "page": "2"}))
        found = neighbours.neighbours(db, ids[3], {"in": "q=the", "n": "4"})
    assert found == {
        "back": "q=the&page=2",
        "number": 4,
        "previous": {"id": ids[2], "query": "in=q%3Dthe&n=3"},
        "next": None,
    }


def test_size_and_width_are_remembered_by_the_browser(archive: Path) -> None:
    async def visits(browser: httpx.AsyncClient) -> list[httpx.Response]:
        answers = [await browser.get("/archive/articles/1")]
        answers.append(await browser.get("/reading?size=large&back=/archive/articles/1"))
        answers.append(await browser.get("/reading?width=wide&size=enormous&back=//evil.example"))
        return [*answers, await browser.get("/archive/articles/2")]

    before, there, away, after = visit(archive, visits)
    assert "size-medium width-normal" in before.text
    assert [there.headers["location"], away.headers["location"]] == ["/archive/articles/1", "/"]
    assert "size-large width-wide" in after.text
