"""Corrections in the reading room: forms put them into a queue beside the archive, which is only read."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
import shutil
import sqlite3
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.browsing import plug_in
from tests.conftest import SEEDS, read_folder
from winnow.corrections import Action, Correction
from winnow.runs.forget import forget

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # datasette 0.65 imports modules that warn
    from datasette.app import Datasette

pytestmark = pytest.mark.filterwarnings("ignore")

HERE = ("127.0.0.1", 1)
Visits = Callable[[httpx.AsyncClient], Awaitable[Any]]
APPLIED = """CREATE TABLE IF NOT EXISTS corrections (id INTEGER PRIMARY KEY, moment TEXT NOT NULL, action TEXT NOT NULL,
    path TEXT NOT NULL, field TEXT, value TEXT, note TEXT, undone TEXT, sha256 TEXT NOT NULL, other TEXT)"""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return read_folder(SEEDS, tmp_path_factory.mktemp("seeds") / "seeds.db").database


@pytest.fixture
def archive(read: Path, tmp_path: Path) -> Path:
    with contextlib.closing(sqlite3.connect(read)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(shutil.copy(read, tmp_path / "archive.db"))


def visit(archive: Path, visits: Visits, said: Any = "local", client: tuple[str, int] = HERE) -> Any:
    """Return what a visitor gets whose browser keeps cookies; `client` is the address from where he comes."""
    plug_in()
    settings = {"corrections": said, "hosts": ["archive.example"]}
    datasette = Datasette([str(archive)], metadata={"plugins": {"winnow": settings}})

    async def visited() -> Any:
        await datasette.invoke_startup()
        transport = httpx.ASGITransport(app=datasette.app(), client=client)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:
            return await visits(browser)

    try:
        return asyncio.run(visited())
    finally:
        datasette.executor.shutdown()


async def send(browser: httpx.AsyncClient, form: dict[str, Any], **headers: str) -> httpx.Response:
    """Open a page with forms, and send one of them."""
    page = await browser.get("/archive/articles/1", headers=headers)
    token = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    data = {"csrftoken": token[1] if token else "", **form}
    return await browser.post("/correct", data=data, headers=headers)


def sent(
    archive: Path, form: dict[str, Any], said: Any = "local", client: tuple[str, int] = HERE, **headers: str
) -> Any:
    return visit(archive, lambda browser: send(browser, form, **headers), said, client)


def get(archive: Path, address: str, said: Any = "local") -> httpx.Response:
    answer: httpx.Response = visit(archive, lambda browser: browser.get(address), said)
    return answer


def queue(archive: Path) -> list[dict[str, Any]]:
    reader = archive.with_name("reader.db")
    if not reader.is_file():
        return []
    with contextlib.closing(sqlite3.connect(reader)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute("SELECT * FROM corrections ORDER BY id")]


def one(archive: Path, sql: str, *values: Any) -> Any:
    with contextlib.closing(sqlite3.connect(archive)) as db:
        found = db.execute(sql, values).fetchone()
    return found[0] if len(found) == 1 else found


def pages(archive: Path) -> tuple[Any, Any]:
    """Return an article with several pages and a page of it whose text it does not have, and the id of another."""
    sql = "SELECT article_id, min(id) FROM pages WHERE outcome = 'duplicate' AND reason = 'near-duplicate'"
    return one(archive, sql), one(archive, "SELECT max(id) FROM articles")


FORMS: list[tuple[dict[str, str], dict[str, str | None]]] = [
    ({"action": "split", "note": " two  "}, {"action": "split", "note": "two"}),
    ({"action": "accept"}, {"action": "accept"}),
    ({"action": "reject"}, {"action": "reject"}),
    ({"action": "pin"}, {"action": "pin"}),
    ({"action": "set", "field": "title", "value": " Tide <b> "}, {"action": "set", "value": "Tide <b>"}),
    ({"action": "set", "field": "tags", "value": "sea, ferry ,"}, {"action": "set", "value": '["sea", "ferry"]'}),
    ({"action": "set", "field": "author", "value": " "}, {"action": "clear", "field": "author", "value": None}),
]


def test_every_form_puts_a_correction_into_the_queue(archive: Path) -> None:
    (_, page), _ = pages(archive)
    path, sha256 = one(archive, "SELECT path, sha256 FROM pages WHERE id = ?", page)
    before = hashlib.sha256(archive.read_bytes()).digest()
    for form, _ in FORMS:
        answer = sent(archive, {"of": "page", "id": page, **form, "back": f"pages/{page}"})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/archive/pages/{page}#corrections")
    assert hashlib.sha256(archive.read_bytes()).digest() == before
    for row, (_, wanted) in zip(queue(archive), FORMS, strict=True):
        told = Correction.from_row(row).row()
        assert told == {**told, **wanted, "sha256": sha256, "path": path}
        assert row["archive"] == "archive.db"


@pytest.mark.parametrize(
    "named", ["{}", "article:{}", "Article {}", "http://localhost/pages/articles/{}", "articles/{}/"]
)
def test_an_article_is_merged_with_another_by_number_or_address(archive: Path, named: str) -> None:
    (_, page), other = pages(archive)
    assert sent(archive, {"action": "merge", "of": "page", "id": page, "other": named.format(other)}).status_code == 303
    sql = "SELECT sha256 FROM pages WHERE article_id = ? ORDER BY id LIMIT 1"
    assert [row["other"] for row in queue(archive)] == [one(archive, sql, other)]


def test_of_a_whole_article_the_first_page_is_merged(archive: Path) -> None:
    """The later of two pages moves: the one that the text is from may have come last, and would leave alone."""
    (article, _), other = pages(archive)
    sent(archive, {"action": "merge", "of": "article", "id": article, "other": str(other)})
    sent(archive, {"action": "merge", "of": "article", "id": other, "other": str(article)})
    first = one(archive, "SELECT sha256 FROM pages WHERE article_id = ? AND parent_id IS NULL", article)
    assert first != one(
        archive, "SELECT sha256 FROM pages WHERE id = (SELECT page_id FROM articles WHERE id = ?)", article
    )
    assert [queue(archive)[0]["sha256"], queue(archive)[1]["other"]] == [first, first]


@pytest.mark.parametrize("named", ["page:{}", "/archive/pages/{}", "pages/{}/", "http://localhost/archive/pages/{}"])
def test_a_page_can_be_named_as_the_other_one(archive: Path, named: str) -> None:
    (_, page), other = pages(archive)
    canonical = one(archive, "SELECT page_id FROM articles WHERE id = ?", other)
    form = {"action": "merge", "of": "page", "id": canonical, "other": named.format(page)}
    assert sent(archive, form).status_code == 303
    assert [row["other"] for row in queue(archive)] == [one(archive, "SELECT sha256 FROM pages WHERE id = ?", page)]


def test_an_article_is_rejected_with_all_its_pages(archive: Path) -> None:
    (article, _), _ = pages(archive)
    sent(archive, {"action": "reject", "of": "article", "id": article, "back": f"articles/{article}"})
    count = one(archive, "SELECT count(DISTINCT sha256) FROM pages WHERE article_id = ?", article)
    assert [row["action"] for row in queue(archive)] == ["reject"] * count
    text = get(archive, f"/archive/articles/{article}").text
    assert text.count("this page is no article") == 2  # said once, and once more for the button that takes it back
    sent(archive, {"undo": queue(archive)[0]["id"]})
    assert queue(archive) == []


def test_what_is_pending_is_shown_and_can_be_taken_back(archive: Path) -> None:
    (article, page), _ = pages(archive)
    sent(archive, {"action": "split", "of": "page", "id": page, "note": "<b>other harbour"})
    with contextlib.closing(sqlite3.connect(archive.with_name("reader.db"))) as db, db:
        db.execute(
            """INSERT INTO corrections (id, archive, moment, action, sha256, path)
                SELECT 99, 'other.db', moment, 'accept', sha256, path FROM corrections"""
        )
    addresses = [f"/archive/articles/{article}", f"/archive/pages/{page}", "/corrections"]
    for address in addresses:
        text = get(archive, address).text
        assert "this page is an article of its own" in text, address
        assert "the next run takes it over" in text
        assert "&lt;b&gt;other harbour" in text
        assert "this page is an article<" not in text  # said of another archive
    assert sent(archive, {"undo": "1", "back": "elsewhere/1"}).headers["location"] == "/corrections"
    assert [row["id"] for row in queue(archive)] == [99]
    for address in addresses:
        assert "takes it over" not in get(archive, address).text


def test_what_a_run_has_taken_over_is_shown_as_corrected(archive: Path) -> None:
    page = one(archive, "SELECT page_id FROM articles WHERE id = 1")
    with contextlib.closing(sqlite3.connect(archive)) as db, db:
        db.execute(APPLIED)
        sql = """INSERT INTO corrections (moment, action, path, field, value, undone, sha256)
            SELECT '2026-11-01T10:20:30+00:00', ?, path, ?, ?, ?, sha256 FROM pages WHERE id = ?"""
        db.execute(sql, ["set", "title", "The right <i>title", None, page])
        db.execute(sql, ["clear", "author", None, "2026-11-02T10:20:30+00:00", page])
    for said in ("local", False):
        for address in ("/archive/articles/1", f"/archive/pages/{page}", "/corrections"):
            text = get(archive, address, said).text
            assert "title: The right &lt;i&gt;title" in text, address
            assert "corrected 2026-11-01 10:20" in text
            assert "no author" not in text  # was taken back
    assert "corrected" not in get(archive, "/archive/articles/2").text


def test_the_next_run_takes_over_what_was_said(archive: Path) -> None:
    (article, page), other = pages(archive)
    sent(archive, {"action": "set", "of": "page", "id": page, "field": "title", "value": "Two harbours"})
    sent(archive, {"action": "split", "of": "page", "id": page, "note": "no harbour of ours"})
    sent(archive, {"action": "reject", "of": "article", "id": other})
    read_folder(SEEDS, archive)
    assert queue(archive) == []
    outcome, now = one(archive, "SELECT outcome, article_id FROM pages WHERE id = ?", page)
    assert (outcome, now != article) == ("article", True)
    assert one(archive, "SELECT title FROM articles WHERE id = ?", now) == "Two harbours"
    assert one(archive, "SELECT count(*) FROM articles WHERE id = ?", other) == 0
    for address in (f"/archive/articles/{now}", f"/archive/pages/{page}"):
        text = get(archive, address).text
        for told in ("this page is an article of its own", "title: Two harbours", "no harbour of ours", "corrected 20"):
            assert told in text, address
        assert "takes it over" not in text


SPLIT: dict[str, str | int] = {"action": "split", "of": "page", "id": 1}
STRANGERS: dict[str, dict[str, Any]] = {
    "of another site": {"sec_fetch_site": "cross-site"},
    "of a neighbour": {"sec_fetch_site": "same-site"},
    "of another origin": {"origin": "https://evil.example"},
    "from another machine": {"client": ("192.168.1.9", 1)},
    "from a socket": {"client": None},
    "through a proxy": {"x_forwarded_for": "10.0.0.1"},
    "to another name": {"host": "archive.example"},
    "to another address": {"host": "192.168.1.7:8001"},
    "where it is off": {"said": False},
}


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_strangers_correct_nothing(archive: Path, stranger: dict[str, Any]) -> None:
    given = {"said": "local", "client": HERE, **stranger}
    headers = {name.replace("_", "-"): given.pop(name) for name in list(given) if name not in ("said", "client")}
    assert visit(archive, lambda browser: send(browser, SPLIT, **headers), **given).status_code == 403
    assert queue(archive) == []


def test_a_form_needs_the_token_of_its_page(archive: Path) -> None:
    async def without(browser: httpx.AsyncClient) -> list[int]:
        no_cookie = await browser.post("/correct", data=SPLIT)
        await browser.get("/archive/articles/1")
        no_token = await browser.post("/correct", data=SPLIT)
        by_link = await browser.get("/correct", params=SPLIT)
        return [no_cookie.status_code, no_token.status_code, by_link.status_code]

    assert visit(archive, without) == [403, 403, 405]
    assert queue(archive) == []


def test_a_setting_lets_everyone_correct(archive: Path) -> None:
    answer = sent(archive, SPLIT, True, ("192.168.1.9", 1), host="archive.example", sec_fetch_site="same-origin")
    assert (answer.status_code, len(queue(archive))) == (303, 1)


def test_who_may_not_correct_sees_no_forms_and_nothing_pending(archive: Path) -> None:
    sent(archive, SPLIT)
    for address in ("/archive/articles/1", "/archive/pages/1", "/corrections"):
        text = get(archive, address, False).text
        assert '/correct"' not in text
        assert "takes it over" not in text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"action": "burn"}, "there is no correction &#39;burn&#39;"),
        ({"action": "split", "id": "1000000"}, "there is no such page"),
        ({"action": "split", "id": "one"}, "there is no such page"),
        ({"action": "set", "field": "text", "value": "x"}, "there is no field &#39;text&#39;"),
        ({"action": "set", "field": "date", "value": "yesterday"}, "write yyyy-mm-dd"),
        ({"action": "set", "field": "url", "value": "paper.example"}, "write it whole"),
        ({"action": "set", "field": "language", "value": "Deutsch"}, "is no code of a language"),
        ({"action": "merge", "other": "the one about ferries"}, "there is no article"),
        ({"action": "merge", "other": "999999"}, "there is no article"),
        ({"action": "merge", "other": "page:1"}, "not the same"),
    ],
    ids=str,
)  # fmt: skip
def test_what_makes_no_sense_gets_one_sentence(archive: Path, form: dict[str, str], told: str) -> None:
    answer = sent(archive, {"of": "page", "id": "1", **form})
    assert (answer.status_code, f"Nothing was noted: {told}" in answer.text or told in answer.text) == (400, True)
    assert queue(archive) == []


def test_a_folder_that_cannot_be_written_gets_one_sentence(archive: Path) -> None:
    archive.with_name("reader.db").mkdir()
    answer = sent(archive, SPLIT)
    assert answer.status_code == 500
    assert "Nothing was noted: the room cannot write into" in answer.text
    assert get(archive, "/archive/pages/1").status_code == 200


def test_a_damaged_queue_keeps_nobody_from_reading(archive: Path) -> None:
    reader = archive.with_name("reader.db")
    reader.write_bytes(b"no database" * 500)
    assert get(archive, "/archive/articles/1").status_code == get(archive, "/corrections").status_code == 200
    answer = sent(archive, {"of": "page", "id": "1", "action": "split"})
    assert (answer.status_code, f"the room cannot write into {reader}" in answer.text) == (500, True)
    reader.unlink()
    assert sent(archive, {"of": "page", "id": "1", "action": "pin"}).status_code == 303
    with contextlib.closing(sqlite3.connect(reader)) as db, db:
        columns = "archive, moment, action, sha256, path"
        db.execute(f"INSERT INTO corrections ({columns}) SELECT archive, moment, 'no', sha256, path FROM corrections")
    assert "the text of this page is the article" in get(archive, "/corrections").text


def test_nothing_is_said_of_a_forgotten_page(archive: Path) -> None:
    forget(archive, [1], "1")
    answer = sent(archive, {"of": "page", "id": "1", "action": "set", "field": "title", "value": "As it was"})
    assert (answer.status_code, "it was forgotten" in answer.text, queue(archive)) == (400, True, [])


def test_forms_are_offered_where_they_make_sense(archive: Path) -> None:
    (article, page), _ = pages(archive)
    canonical = one(archive, "SELECT page_id FROM articles WHERE id = ?", article)
    refused = one(archive, "SELECT min(page_id) FROM refused_texts")

    async def offered(browser: httpx.AsyncClient) -> list[set[str]]:
        addresses = [f"articles/{article}", f"pages/{page}", f"pages/{canonical}", f"pages/{refused}"]
        answers = [await browser.get(f"/archive/{address}") for address in addresses]
        forms = [re.findall(r"<form.*?</form>", answer.text, re.S) for answer in answers]
        said = ["".join(form for form in found if '/correct"' in form) for found in forms]
        return [set(re.findall(r'name="action" value="(\w+)"', found)) for found in said]

    assert visit(archive, offered) == [
        {"set", "merge", "split", "pin", "reject"},
        {"set", "merge", "split", "pin", "reject"},
        {"set", "merge", "split", "reject"},
        {"accept"},
    ]
    assert {"set", "merge", "split", "pin", "reject", "accept", "clear"} == set(Action)
