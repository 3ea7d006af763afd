"""Marks in the reading room: stars, tags, notes, highlights and searches, kept beside the archive by its content."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.archives import seed
from tests.archives import send as send_pages
from tests.browsing import HERE, send, visit
from tests.conftest import SEEDS, read_folder
from tests.marking import copied, get, mark, marked, one, words_of
from winnow.marks import shown
from winnow.room.kept import news
from winnow.runs.forget import forget

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return read_folder(SEEDS, tmp_path_factory.mktemp("seeds") / "seeds.db").database


@pytest.fixture
def archive(read: Path, tmp_path: Path) -> Path:
    return copied(read, tmp_path / "archive.db")


def test_everything_that_can_be_marked_is_shown_and_the_archive_is_only_read(archive: Path) -> None:
    before = hashlib.sha256(archive.read_bytes()).digest()
    quote = words_of(archive, 1)
    forms = [
        {"action": "star"}, {"action": "read"}, {"action": "tag", "tag": "sea,  old  lamps , sea"},
        {"action": "note", "note": " Ask <b>Ada</b>. "}, {"action": "highlight", "quote": quote, "note": "the point"},
        {"action": "save-search", "name": "Ferries", "query": "q=ferry&year=2024"},
    ]  # fmt: skip
    assert mark(archive, *({"article": 1, **form} for form in forms)) == [303] * 6
    assert hashlib.sha256(archive.read_bytes()).digest() == before
    found = marked(archive)
    assert (bool(found["starred"]), bool(found["read"])) == (True, True)
    assert (found["tags"], found["notes"], found["highlights"]) == (["sea", "old lamps"], ["Ask <b>Ada</b>."], [quote])
    article, everything = get(archive, "/archive/articles/1").text, get(archive, "/marks").text
    for page in (article, everything):
        assert "Ask &lt;b&gt;Ada&lt;/b&gt;." in page
        assert "the point" in page
        assert "old lamps" in page
    assert "/search?q=ferry&amp;year=2024" in everything
    assert get(archive, "/marks?tag=sea").text.count("<blockquote") == 1
    assert get(archive, "/marks?tag=lake").text.count("<blockquote") == 0
    with contextlib.closing(sqlite3.connect(archive)) as db:
        for what in ("any", "starred", "read", "tagged", "noted", "highlighted"):
            assert shown.articles_marked(db, archive, what) == {1}
        assert shown.articles_marked(db, archive, "any", "lake") == set()
    assert shown.tag_counts(archive) == {"old lamps": 1, "sea": 1}


def test_each_change_can_be_undone_in_turn(archive: Path) -> None:
    mark(archive, {"article": 1, "action": "star"}, {"article": 1, "action": "note", "note": "first"})
    note = one(archive.with_name("reader.db"), "SELECT id FROM notes")
    mark(archive, {"action": "rewrite-note", "id": note, "note": "second"}, {"action": "drop-note", "id": note})
    assert marked(archive)["notes"] == []
    states = []
    for _ in range(4):
        change = shown.last_change(archive)
        assert change
        states.append((marked(archive)["notes"], bool(marked(archive)["starred"])))
        assert mark(archive, {"action": "undo", "id": change["id"]}) == [303]
        assert mark(archive, {"action": "undo", "id": change["id"]}) == [400]  # a second click on the same button
    assert states == [([], True), (["second"], True), (["first"], True), ([], True)]
    assert (marked(archive)["starred"], shown.last_change(archive)) == (None, None)


def test_marks_are_switched_back(archive: Path) -> None:
    on = [{"action": "star"}, {"action": "read"}, {"action": "tag", "tag": "sea"}]
    off = [{"action": "unstar"}, {"action": "unread"}, {"action": "untag", "tag": "sea"}]
    mark(archive, *({"article": 1, **form} for form in [*on, *on, *off]))
    assert marked(archive) == {"starred": None, "read": None, "tags": [], "notes": [], "highlights": []}
    assert "Nothing is marked" in get(archive, "/marks").text


def test_marks_hold_in_a_rebuilt_and_in_a_replaced_archive(archive: Path, tmp_path: Path) -> None:
    quote = words_of(archive, 2)
    mark(archive, {"article": 2, "action": "star"}, {"article": 2, "action": "highlight", "quote": quote})
    title = one(archive, "SELECT title FROM articles WHERE id = 2")
    archive.unlink()
    replaced = tmp_path / "other.db"
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    (folder / "aaa.txt").write_text("The first article of all, which moves the numbers of the others. " * 30)
    read_folder(folder, replaced)
    [article] = [row for row in articles(replaced) if row[1] == title]
    assert article[0] != 2
    assert (marked(replaced, article[0])["highlights"], bool(marked(replaced, article[0])["starred"])) == (
        [quote],
        True,
    )
    assert marked(replaced, 2)["starred"] is None


def articles(archive: Path) -> list[tuple[int, str]]:
    with contextlib.closing(sqlite3.connect(archive)) as db:
        return db.execute("SELECT id, title FROM articles").fetchall()


def test_words_that_only_the_page_shows_can_be_highlighted(archive: Path) -> None:
    captions = [each for each in articles(archive) if "boatyard school" in (each[1] or "")]
    caption = "The empty terminal on Quay Street, seen from the Tarnsey ferry"
    assert caption not in one(archive, "SELECT text FROM articles WHERE id = ?", captions[0][0])
    assert mark(archive, {"article": captions[0][0], "action": "highlight", "quote": caption}) == [303]
    assert f">{caption}</mark>" in get(archive, f"/archive/articles/{captions[0][0]}").text


STORY = "At dawn the keeper of the lamp wrote down {} and went to sleep. " + " ".join(f"word{n}" for n in range(200))


def test_marks_survive_a_revision_of_the_text(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    send_pages(archive, [seed("a.html", STORY.format("what he saw"), title="Lamp")])
    mark(archive, {"article": 1, "action": "highlight", "quote": "The KEEPER of the lamp wrote down what he saw"})
    assert marked(archive)["highlights"] == ["the keeper of the lamp wrote down what he saw"]
    send_pages(archive, [seed("a.html", "Corrected. " + STORY.format("what he had seen"), title="Lamp")])
    assert one(archive, "SELECT text FROM articles WHERE id = 1").startswith("Corrected")
    assert marked(archive)["highlights"] == ["the keeper of the lamp wrote down what he saw"]
    anew = tmp_path / "anew.db"  # made of what the folder holds now: no byte and no text is as it was marked
    send_pages(anew, [seed("b.html", "Quite another text. " * 60), seed("a.html", STORY.format("much"), title="Lamp")])
    assert marked(anew, 2)["highlights"] == ["the keeper of the lamp wrote down what he saw"]


def test_what_a_page_had_when_it_was_marked_goes_with_the_page_that_is_forgotten(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    send_pages(archive, [seed("a.html", STORY.format("what he saw"), title="Secret lamp")])
    forms = [{"action": "star"}, {"action": "tag", "tag": "quietly"}, {"action": "note", "note": "noted privately"},
             {"action": "highlight", "quote": "keeper of the lamp", "note": "why"}]  # fmt: skip
    mark(archive, *({"article": 1, **form} for form in forms))
    mark(archive, {"action": "drop-note", "id": 1})
    forget(archive, [1], "1")
    reader = archive.with_name("reader.db")
    held = b"".join(each.read_bytes() for each in reader.parent.glob("reader.db*"))
    for told in (b"Secret", b"quietly", b"privately", b"keeper", b"why"):
        assert told not in held
    for table in ("marked", "known", "tags", "notes", "highlights", "changes"):
        assert one(reader, f"SELECT count(*) FROM {table}") == 0, table


def test_of_an_article_that_goes_on_only_what_was_written_at_the_forgotten_page_goes(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    send_pages(
        archive, [seed("a.html", STORY.format("what he saw")), seed("b.html", STORY.format("what he saw") + " End")]
    )
    canonical = one(archive, "SELECT page_id FROM articles")
    other = 3 - canonical
    forms = [{"action": "star"}, {"action": "note", "note": "of the first"}]
    mark(archive, *({"article": 1, **form} for form in forms))
    forget(archive, [other], str(other))
    assert (bool(marked(archive)["starred"]), marked(archive)["notes"]) == (True, ["of the first"])
    send_pages(
        archive,
        [
            seed("a.html", STORY.format("what he saw")),
            seed("c.html", STORY.format("what he saw") + " Quite another end"),
        ],
    )
    forget(archive, [canonical], str(canonical))
    [(left, _)] = articles(archive)
    assert marked(archive, left)["notes"] == []


def test_marks_of_two_articles_that_became_one_are_shown_together(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    first, second = STORY.format("what he saw"), " ".join(f"other{n}" for n in range(200))
    send_pages(archive, [seed("a.html", first), seed("b.html", second)])
    mark(archive, {"article": 1, "action": "star"}, {"article": 2, "action": "tag", "tag": "sea"})
    with contextlib.closing(sqlite3.connect(archive)) as db, db:
        db.execute("UPDATE pages SET article_id = 1")
    assert (bool(marked(archive)["starred"]), marked(archive)["tags"]) == (True, ["sea"])
    mark(archive, {"article": 1, "action": "untag", "tag": "sea"}, {"article": 1, "action": "unstar"})
    assert (marked(archive)["starred"], marked(archive)["tags"]) == (None, [])


STRANGERS: dict[str, dict[str, Any]] = {
    "of another site": {"sec_fetch_site": "cross-site"},
    "of another origin": {"origin": "https://evil.example"},
    "from another machine": {"client": ("192.168.1.9", 1)},
    "through a proxy": {"x_forwarded_for": "10.0.0.1"},
    "to another name": {"host": "archive.example"},
    "where it is off": {"may": False},
}


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_strangers_mark_nothing_and_see_nothing(archive: Path, stranger: dict[str, Any]) -> None:
    mark(archive, {"article": 1, "action": "note", "note": "my own thought"})
    headers = {name.replace("_", "-"): value for name, value in stranger.items() if name not in ("client", "may")}
    given = {name: stranger[name] for name in ("client", "may") if name in stranger}
    assert mark(archive, {"article": 1, "action": "star"}, **given, **headers) == [403]
    assert marked(archive)["starred"] is None
    if "sec-fetch-site" in headers or "origin" in headers:
        return  # a browser shows a page that its user opens from elsewhere

    async def visits(browser: httpx.AsyncClient) -> list[httpx.Response]:
        addresses = ("/archive/articles/1", "/marks", "/marks.jsonl", "/marks.md")
        return [await browser.get(address, headers=headers) for address in addresses]

    settings = {"marks": stranger.get("may", "local"), "hosts": ["archive.example"]}
    for answer in visit(archive, visits, settings, stranger.get("client", HERE)):
        assert "my own thought" not in answer.text


def test_a_form_needs_the_token_of_its_page(archive: Path) -> None:
    async def without(browser: httpx.AsyncClient) -> list[int]:
        form: dict[str, str | int] = {"article": 1, "action": "star"}
        no_cookie = await browser.post("/mark", data=form)
        await browser.get("/archive/articles/1")
        no_token = await browser.post("/mark", data=form)
        by_link = await browser.get("/mark", params=form)
        return [no_cookie.status_code, no_token.status_code, by_link.status_code]

    assert visit(archive, without) == [403, 403, 405]
    assert not archive.with_name("reader.db").exists()


@pytest.mark.parametrize(
    "form",
    [
        {"article": 1, "action": "burn"}, {"article": 99999, "action": "star"}, {"article": "x", "action": "star"},
        {"article": 1, "action": "tag", "tag": " , "}, {"article": 1, "action": "note", "note": "  "},
        {"article": 1, "action": "highlight", "quote": "no such words in there"}, {"action": "drop-note", "id": 7},
        {"action": "undo", "id": 7}, {"action": "save-search", "name": "", "query": "q=x"},
    ],
    ids=str,
)  # fmt: skip
def test_what_makes_no_sense_marks_nothing(archive: Path, form: dict[str, Any]) -> None:
    assert mark(archive, form) == [400]
    assert shown.last_change(archive) is None
    with contextlib.closing(sqlite3.connect(archive)) as db:
        assert shown.everything(db, archive) == []


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "x", "/a\r\nSet-Cookie: x"]
)
def test_a_form_leads_back_into_the_room_only(archive: Path, back: str) -> None:
    async def visits(browser: httpx.AsyncClient) -> httpx.Response:
        form = {"article": 1, "action": "star", "back": back}
        return await send(browser, form, "/mark", "/archive/articles/1")

    assert visit(archive, visits).headers["location"] == "/marks"


def test_a_damaged_or_newer_database_keeps_nobody_from_reading(archive: Path) -> None:
    reader = archive.with_name("reader.db")
    reader.write_bytes(b"no database" * 500)
    assert get(archive, "/archive/articles/1").status_code == get(archive, "/marks").status_code == 200
    assert mark(archive, {"article": 1, "action": "star"}) == [500]
    reader.unlink()
    mark(archive, {"article": 1, "action": "star"})
    with contextlib.closing(sqlite3.connect(reader)) as db, db:
        db.execute("INSERT INTO _marks_migrations VALUES (99, '')")
    assert mark(archive, {"article": 1, "action": "unstar"}) == [400]
    assert get(archive, "/archive/articles/1").status_code == 200
    with contextlib.closing(sqlite3.connect(reader)) as db, db:
        db.execute("DELETE FROM _marks_migrations WHERE number = 99")
        db.execute("DROP TABLE known")
    assert [get(archive, address).status_code for address in ("/archive/articles/1", "/marks")] == [200, 200]


def test_marks_and_corrections_share_the_database(archive: Path) -> None:
    mark(archive, {"article": 1, "action": "star"})

    async def corrects(browser: httpx.AsyncClient) -> httpx.Response:
        form = {"action": "set", "of": "page", "id": 1, "field": "title", "value": "Another title"}
        return await send(browser, form, "/correct", "/archive/pages/1")

    assert visit(archive, corrects).status_code == 303
    read_folder(SEEDS, archive)  # takes the correction over
    article = one(archive, "SELECT article_id FROM pages WHERE id = 1")
    assert one(archive, "SELECT title FROM articles WHERE id = ?", article) == "Another title"
    assert marked(archive)["starred"]


def test_one_goes_on_among_the_starred_articles_where_one_may_see_the_stars(archive: Path) -> None:
    mark(archive, *({"action": "star", "article": number} for number in (1, 2, 4)))
    found = re.findall(r'<h2[^>]*><a href="/archive/articles/(\d+)', get(archive, "/search?starred=1").text)
    assert sorted(found) == ["1", "2", "4"]
    address = f"/archive/articles/{found[1]}?in=starred%3D1&n=2"
    links = re.findall(r'<a rel="(?:prev|next)" href="/archive/articles/(\d+)', get(archive, address).text)
    assert links == [found[0], found[2]]
    assert "prev" not in get(archive, address, may=False).text


def test_a_kept_search_that_finds_nothing_tells_no_news_of_other_words(archive: Path) -> None:
    mark(archive, {"action": "save-search", "name": "boats", "query": "q=ferrry"})
    with contextlib.closing(sqlite3.connect(archive)) as db:
        db.row_factory = sqlite3.Row
        assert news(db, archive, "2000-01-01") == []
    assert "did you mean" in get(archive, "/search?q=ferrry").text.lower()
    assert "<entry>" not in get(archive, "/search.atom?q=ferrry").text
    assert "<entry>" in get(archive, "/search.atom?q=ferry").text
