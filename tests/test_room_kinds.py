"""The reading room shows articles and discussions first, Markdown that is safe, and what was refused."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import html_page, sentences
from tests.test_browse import get, loads
from tests.work import read_told
from winnow.items import Kind
from winnow.room import pages
from winnow.room.asked import Asked
from winnow.room.markdown import MAX_RENDERED, rendered
from winnow.room.search import LATER, search
from winnow.runs.one_process import run_folder
from winnow.tell.state import state

pytestmark = pytest.mark.filterwarnings("ignore")

REFUSED = "/NAME/refused_texts.json?_shape=array&_search=stood+-ferry"
NAMES = ("a-listing", "b-discussion", "c-product", "d-article", "e-product")
HOSTILE = """# It <script>alert(1)</script>

<script>alert(2)</script>
<img src=x onerror=alert(3)> and <b onclick="alert(4)">bold</b>

[one](javascript:alert(5)) [two](JaVaScRiPt:alert(6)) [three](data:text/html,x) [four](vbscript:x) <javascript:alert(7)>
[five](//evil.example/x) [six](  java\tscript:alert(8)) [seven](&#106;avascript:alert(9)) [eight][ref] ![alt](https://t.example/i.png)
![bad](javascript:alert(10)) [good](https://paper.example/a?b=1&c="2") [mail](mailto:ann@paper.example) [near](/next)
[ftp](ftp://x.example/) [title](https://paper.example/t "on' onclick=alert(11)")

| <i>a</i> | b |
| --- | :-: |
| [x](javascript:1) | `<code>` |

```html" onload="alert(12)
</code></pre><script>alert(13)</script>
```

[ref]: javascript:alert(14)
"""


@pytest.fixture
def archive(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an archive of five kinds of pages and one rejected page."""
    monkeypatch.setattr("winnow.runs.one_process.read_page", read_told)
    for number, name in enumerate(NAMES):
        page = html_page(f"Story {number}", ["About the ferry terminal.", *sentences(number)])
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    (folder / "gone.html").write_text("<p>Too short.", encoding="utf-8")
    run_folder(folder, tmp_path / "articles.db")
    return tmp_path / "articles.db"


@pytest.fixture
def db(archive: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(archive)) as opened:
        yield opened


def shown_kinds(db: sqlite3.Connection, asked: Asked) -> list[str]:
    return [row["kind"] for row in search(db, asked).articles]


def test_every_kind_has_its_place() -> None:
    assert {*LATER, Kind.ARTICLE, Kind.DISCUSSION} == set(Kind)


def test_articles_and_discussions_come_before_other_kinds(db: sqlite3.Connection) -> None:
    for asked in (Asked(), Asked(q="ferry"), Asked(q="ferry terminal")):
        kinds = shown_kinds(db, asked)
        assert set(kinds[:2]) == {"article", "discussion"}
        assert sorted(kinds[2:]) == ["listing", "product", "product"]
    assert shown_kinds(db, Asked(q="ferry", sort="newest")) == [
        "product", "article", "product", "discussion", "listing",
    ]  # fmt: skip
    for asked in (Asked(kind="product"), Asked(kind="product", q="ferry")):
        assert shown_kinds(db, asked) == ["product", "product"]
    db.execute("UPDATE articles SET kind = NULL")  # read before kinds were told
    assert shown_kinds(db, Asked()) == [None] * 5


def test_pages_of_results_hold_every_article_once_in_that_order(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winnow.room.search.PER_PAGE", 2)
    for words in ("", "ferry"):
        found = [search(db, Asked(q=words, page=page)) for page in (1, 2, 3)]
        ids = [row["id"] for each in found for row in each.articles]
        assert sorted(ids) == [1, 2, 3, 4, 5]
        assert sorted(ids[:2]) == [2, 4]
        assert [each.total for each in found] == [5, 5, 5]
        assert [each.has_next for each in found] == [True, True, False]


def test_kinds_are_told_and_filtered_by_on_the_pages_of_the_room(archive: Path) -> None:
    addresses = ("/search", "/search?kind=product", "/NAME/articles/2", "/pages", "/NAME/pages/3", "/dashboard", "/")
    answers = {address: answer.text for address, answer in get(archive, *addresses).items()}
    assert re.search(r"kind=product\"[^>]*><bdi>product</bdi><span>2</span>", answers["/search"])
    assert len(re.findall(r"<h2[^>]*><a href=\"/articles/articles/", answers["/search?kind=product"])) == 2
    assert "kind: <bdi>product</bdi> ×" in answers["/search?kind=product"]
    assert "kind=discussion" in answers["/NAME/articles/2"]
    assert "listing" in answers["/pages"]
    assert "<dt>Kind</dt><dd>product</dd>" in answers["/NAME/pages/3"]
    assert "Articles by kind" in answers["/dashboard"]


def test_what_was_refused_is_shown_and_searched(archive: Path, db: sqlite3.Connection) -> None:
    addresses = (
        "/NAME/pages/6",
        "/NAME/pages/6/refused",
        "/rejected",
        "/pages?refused=stood",
        "/pages?refused=nowhere",
        REFUSED,
    )
    answers = get(archive, *addresses, "/NAME/pages/1/refused", "/NAME/pages/1")
    assert {answer.status_code for address, answer in answers.items() if address != "/NAME/pages/1/refused"} == {200}
    assert answers["/NAME/pages/1/refused"].status_code == 404
    assert "What stood on gone.html" in answers["/NAME/pages/6/refused"].text
    for address in ("/NAME/pages/6", "/rejected", "/pages?refused=stood"):
        assert '/articles/pages/6/refused"' in answers[address].text
    assert "No page has these words" in answers["/pages?refused=nowhere"].text
    assert [row["page_id"] for row in json.loads(answers[REFUSED].text)] == [6]
    assert "/refused" not in answers["/NAME/pages/1"].text
    assert pages.page_list(db, pages.Wanted(refused='"'))["pages"] == []
    db.execute("UPDATE refused_texts SET text = ? || text", ["<script>alert(1)</script> "])
    db.commit()
    hostile = get(archive, "/NAME/pages/6/refused")["/NAME/pages/6/refused"].text
    assert hostile.count("<script") == hostile.count('<script src="/room.js?') == 1


def test_report_tells_articles_by_kind(archive: Path, db: sqlite3.Connection) -> None:
    assert state(db, archive).kinds == {"product": 2, "article": 1, "discussion": 1, "listing": 1}
    db.execute("DROP INDEX articles_kind")
    for index in ("articles_site", "articles_date", "articles_told"):
        db.execute(f"DROP INDEX {index}")
    db.execute("ALTER TABLE articles DROP COLUMN kind")  # as in an archive of an earlier version
    assert state(db, archive).kinds == {}


def test_an_archive_of_an_older_version_says_so(tmp_path: Path, archive: Path) -> None:
    with contextlib.closing(sqlite3.connect(archive)) as db:
        db.executescript("DROP TABLE refused_texts")
    answer = get(archive, "/pages")["/pages"]
    assert answer.status_code == 500
    assert "An older Winnow made this archive" in answer.text


def test_an_article_is_shown_from_its_markdown_where_it_has_one(archive: Path, db: sqlite3.Connection) -> None:
    pytest.importorskip("markdown_it", reason="it comes with the extra browse")
    db.execute("UPDATE articles SET markdown = '## Where *it* began' WHERE id = 1")
    db.execute("UPDATE articles SET markdown = NULL WHERE id = 2")
    db.execute("UPDATE articles SET markdown = ?, url = 'https://paper.example/a/b' WHERE id = 3", [HOSTILE])
    db.commit()
    one, two, three = (answer.text for answer in get(archive, *(f"/NAME/articles/{id_}" for id_ in (1, 2, 3))).values())
    assert '<h2 id="s1" dir="ltr">Where <em>it</em> began</h2>' in one
    assert "About the ferry terminal." not in one
    assert "About the ferry terminal." in two
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in three
    found = loads(three)
    assert found.dangers == []
    assert all(load.startswith(("data:", "/room.js?")) for load in found.loads)
    assert 'href="https://paper.example/next" rel="noreferrer noopener external"' in three


def test_markdown_links_lead_to_the_web_only() -> None:
    pytest.importorskip("markdown_it", reason="it comes with the extra browse")
    html = str(rendered(HOSTILE, "Another", "https://paper.example/a/b"))
    hrefs = re.findall(r'href="([^"]*)"', html)
    assert hrefs == [
        "https://evil.example/x", "https://paper.example/a?b=1&amp;c=%222%22", "mailto:ann@paper.example",
        "https://paper.example/next", "https://paper.example/t",
    ]  # fmt: skip
    assert "<img" not in html
    for words in ("one two three", "alt", "seven eight"):
        assert words in html
    assert not re.search(r"<(?!/?(?:h[2-6]|p|a|em|strong|div|table|thead|tbody|tr|t[hd]|code|pre|br|ul|ol|li)\b)", html)
    assert "/next" not in re.findall(r'href="([^"]*)"', str(rendered(HOSTILE, None, None)))


@given(st.text(alphabet="ab*_`[]()!<>\\&\"'#|-\n \t:/javscript.", max_size=200))
def test_no_markdown_gives_markup_that_runs(text: str) -> None:
    pytest.importorskip("markdown_it", reason="it comes with the extra browse")
    found = loads(str(rendered(text, None, "https://paper.example/") or ""))
    assert (found.loads, found.dangers) == ([], [])


def test_a_heading_that_repeats_the_title_is_left_out_and_a_book_is_shown_from_its_text() -> None:
    pytest.importorskip("markdown_it", reason="it comes with the extra browse")
    assert str(rendered("# The *old*  ferry\n\nIt sails.", "The old ferry", None)) == '<p dir="ltr">It sails.</p>\n'
    assert str(rendered("# Sails\n\nIt sails.", "The old ferry", None)).startswith('<h2 dir="ltr">Sails</h2>')
    assert rendered("a " * MAX_RENDERED, None, None) is None
    assert rendered(None, None, None) is None
