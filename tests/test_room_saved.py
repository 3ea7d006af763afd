"""The saved page and its pictures, from the files that they are in; nothing else is opened, run or loaded."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import html_page, sentences
from tests.browsing import HERE, visit
from tests.conftest import read_folder
from tests.saved_samples import ELSEWHERE, attacks, make, png
from winnow.items import Page
from winnow.room import leads
from winnow.room.saved_document import size_of, type_of
from winnow.sources.saved import Gone, Where, open_within, parts, saved

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    return read_folder(make(folder), folder / "archive.db").database


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let articles wait for their pictures however long other programs keep the machine busy."""
    monkeypatch.setattr("winnow.room.saved.SOON", 60)


def get(archive: Path, *addresses: str, settings: Any = None, client: Any = HERE) -> list[httpx.Response]:
    async def visits(browser: httpx.AsyncClient) -> list[httpx.Response]:
        return [await browser.get(address) for address in addresses]

    return list(visit(archive, visits, settings, client))


def pages(archive: Path) -> dict[str, tuple[int, int]]:
    """Return page and article by path."""
    with contextlib.closing(sqlite3.connect(archive)) as db:
        found = db.execute("SELECT path, id, article_id FROM pages WHERE article_id IS NOT NULL").fetchall()
    return {path: (page, article) for path, page, article in found}


COLOURS = {
    "Story 1.html": 1,
    "single.html": 2,
    "zip.zip#a/page.html": 3,
    "crawl.warc.gz": 4,
    "page.mht": 5,
    "plain.warc": 6,
}


@pytest.mark.parametrize(("begin", "colour"), COLOURS.items(), ids=list(COLOURS))
def test_pictures_are_shown_where_they_stand_from_every_kind_of_file(archive: Path, begin: str, colour: int) -> None:
    [(path, (page, article))] = [each for each in pages(archive).items() if each[0].startswith(begin)]
    [shown] = get(archive, f"/archive/articles/{article}")
    [src] = re.findall(r'<figure><img src="([^"]+)" alt="A lamp"', shown.text)
    assert f"<figcaption>The lamp of {colour}</figcaption>" in shown.text, path
    before, _, after = shown.text.partition("<figure>")
    text = before.partition('id="text"')[2]
    assert (text.count("</p>"), after.count("</p>") > 2) == (2, True)
    picture, whole, framed = get(archive, src, f"/archive/pages/{page}/saved", f"/archive/pages/{page}/saved.html")
    assert (picture.content, picture.headers["content-type"]) == (png(colour=colour), "image/png")
    assert f'src="/archive/pages/{page}/saved.html"' in whole.text
    assert 'sandbox=""' in whole.text
    assert "data:image/png;base64," in framed.text
    assert framed.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_lists_show_the_first_picture_that_stands_in_an_article(archive: Path, tmp_path: Path) -> None:
    found = pages(archive)
    with contextlib.closing(sqlite3.connect(archive)) as db:
        assert leads.there(db, [article for _, article in found.values()]) == {article for _, article in found.values()}
    by_colour = {
        colour: article
        for path, (_, article) in found.items()
        for begin, colour in COLOURS.items()
        if path.startswith(begin)
    }
    answers = get(archive, *(f"/archive/articles/{article}/lead" for article in by_colour.values()))
    assert [answer.content for answer in answers] == [png(colour=colour) for colour in by_colour]
    address = f"/archive/articles/{by_colour[1]}/lead"
    [stranger], [missing] = get(archive, address, client=("192.168.1.9", 1)), get(archive, "/archive/articles/999/lead")
    assert (stranger.status_code, missing.status_code) == (403, 404)
    root = tmp_path / "seeds"
    root.mkdir()
    (root / "bare.html").write_text(html_page("Bare", sentences(9)), encoding="utf-8")
    bare = read_folder(root, tmp_path / "archive.db").database
    [answer] = get(bare, "/archive/articles/1/lead")
    assert (answer.status_code, answer.headers["content-type"], len(answer.content)) == (200, "image/gif", 42)
    with contextlib.closing(sqlite3.connect(bare)) as db:
        assert leads.there(db, [1]) == set()  # it is known now that there is none


def test_nothing_of_a_hostile_page_is_left_that_runs_or_loads(archive: Path) -> None:
    page, article = pages(archive)["hostile.html"]
    framed, shown = get(archive, f"/archive/pages/{page}/saved.html", f"/archive/articles/{article}")
    for tag in (
        "<script",
        "<iframe",
        "<object",
        "<embed",
        "<base",
        "<link",
        "http-equiv",
        "<video",
        "srcset=",
        "ping=",
    ):
        assert tag not in framed.text.lower(), tag
    assert not re.search(r"<[^>]+\son\w+\s*=|javascript:|<img[^>]+elsewhere", framed.text)
    assert framed.text.count("<img") > 1
    assert (
        framed.text.count('src="data:image/png') == 1
    )  # neither what stands above the folder, nor behind a link, nor SVG
    assert shown.text.count("<figure>") == 1


def test_only_the_bytes_that_were_read_are_shown(archive: Path, tmp_path: Path) -> None:
    root = make(tmp_path)
    mine = read_folder(root, tmp_path / "archive.db").database
    page, article = pages(mine)["Story 1.html"]
    (root / "Story 1.html").write_text("changed since", encoding="utf-8")
    framed, shown = get(mine, f"/archive/pages/{page}/saved.html", f"/archive/articles/{article}")
    assert (framed.status_code, "has changed since it was read" in framed.text) == (404, True)
    assert (shown.status_code, "<figure>" in shown.text) == (200, False)
    (root / "Story 1.html").unlink()
    around, shown = get(mine, f"/archive/pages/{page}/saved", f"/archive/articles/{article}")
    assert "its file is not there any more" in around.text
    assert "/saved" not in shown.text


@pytest.mark.parametrize("way", ["root that is no source's", "path above", "link out"])
def test_no_path_of_an_archive_leads_out_of_its_sources(tmp_path: Path, way: str) -> None:
    root = make(tmp_path)
    archive = read_folder(root, tmp_path / "archive.db").database
    page, _ = pages(archive)["Story 1.html"]
    outside = tmp_path / "outside.html"
    outside.write_bytes((root / "Story 1.html").read_bytes())
    with contextlib.closing(sqlite3.connect(archive)) as db, db:
        if way == "path above":
            db.execute("UPDATE pages SET path = '../outside.html' WHERE id = ?", [page])
        elif way == "link out":
            (root / "Story 1.html").unlink()
            (root / "Story 1.html").symlink_to(outside)
        else:
            db.execute("UPDATE pages SET root = ?, path = 'outside.html' WHERE id = ?", [str(tmp_path), page])
    [framed] = get(archive, f"/archive/pages/{page}/saved.html")
    assert framed.status_code == 404


STRANGERS: dict[str, dict[str, Any]] = {
    "from another machine": {"client": ("192.168.1.9", 1)},
    "where it is off": {"settings": {"saved_pages": False}},
}


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_strangers_see_no_files(archive: Path, stranger: dict[str, Any]) -> None:
    page, article = pages(archive)["Story 1.html"]
    addresses = [f"/archive/pages/{page}/{name}" for name in ("saved", "saved.html", "picture/0")]
    assert [answer.status_code for answer in get(archive, *addresses, **stranger)] == [403] * 3
    [shown] = get(archive, f"/archive/articles/{article}", **stranger)
    assert ("<figure>" in shown.text, "/saved" in shown.text) == (False, False)
    [shown] = get(archive, f"/archive/articles/{article}", settings={"saved_pages": True}, client=("192.168.1.9", 1))
    assert "<figure>" in shown.text


def test_pages_of_other_kinds_can_be_opened_too(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    text = "The keeper of the lamp wrote <b>down</b> what he saw. " * 40
    (tmp_path / "seeds" / "a.txt").write_text(f"Of lamps\n\n{text}\n", encoding="utf-8")
    archive = read_folder(tmp_path / "seeds", tmp_path / "archive.db").database
    page, _ = pages(archive)["a.txt"]
    [framed] = get(archive, f"/archive/pages/{page}/saved.html")
    assert (framed.headers["content-type"], "<b>down</b>" in framed.text) == ("text/plain; charset=utf-8", True)


@given(st.text(max_size=60))
def test_no_address_in_a_page_leads_out_of_its_folder(address: str) -> None:
    where = Where("/nowhere/seeds", "a/b.html", "0" * 64)
    assert all(data for data in parts(where, Page("a/b.html"), [address]).values() if not address.startswith("data:"))


@pytest.mark.parametrize(
    "path", ["../secret.png", "a/../../secret.png", "/etc/passwd", "link.png", "", ".", "nothing.png"]
)
def test_files_outside_or_of_other_kinds_are_not_opened(tmp_path: Path, path: str) -> None:
    root = make(tmp_path)
    with pytest.raises(Gone):
        open_within(str(root), path).close()
    os.mkfifo(root / "fifo")
    with pytest.raises(Gone):
        open_within(str(root), "fifo")


def test_a_damaged_container_is_told_in_a_sentence(tmp_path: Path) -> None:
    for kind in ("ZIP", "WARC", "MHTML", "web archive", "JSON", "mbox", "feed"):
        (tmp_path / "x").write_bytes(b"PK\x03\x04 nothing of the kind" * 20)
        with pytest.raises(Gone):
            saved(Where(str(tmp_path), "x#1", "0" * 64, "x", kind))


def test_pictures_are_told_by_their_bytes() -> None:
    assert (type_of(png()), size_of(png(321, 123))) == ("image/png", (321, 123))
    assert type_of(b"<svg xmlns='http://www.w3.org/2000/svg'>") is None
    assert type_of(b"") is None
    assert size_of(b"GIF89a\x10\x00\x20\x00") == (16, 32)
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x64\x00\xc8"
    assert (type_of(jpeg), size_of(jpeg)) == ("image/jpeg", (200, 100))
    assert size_of(b"\xff\xd8\xff") == (None, None)
    assert attacks().count(ELSEWHERE) > 15
