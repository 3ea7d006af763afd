"""Citations, and addresses of articles that last: they name an article by the bytes of its page."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.browsing import make_hostile, visit
from tests.conftest import SEEDS, read_folder
from winnow.room.cite import FORMATS, bibtex, csl, plain, ris

pytestmark = pytest.mark.filterwarnings("ignore")

TOLD: dict[str, Any] = {
    "authors": ["Ada Ferrand", "Tide & Sons, Ltd"], "title": "50 % of {it} is_true", "site": "Gazette",
    "url": "https://g.example/a_b", "captured": "2024-03-16T10:20:30+00:00", "first_read": "2024-06-20T02:30:00+00:00",
    "date": "2024-03-15", "sha256": "ab" * 32, "language": "en", "kind": "article",
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return read_folder(SEEDS, tmp_path_factory.mktemp("seeds") / "archive.db").database


def get(archive: Path, *addresses: str) -> list[httpx.Response]:
    async def visits(browser: httpx.AsyncClient) -> list[httpx.Response]:
        return [await browser.get(address) for address in addresses]

    return list(visit(archive, visits))


def row(archive: Path, sql: str) -> Any:
    with contextlib.closing(sqlite3.connect(archive)) as db:
        return db.execute(sql).fetchone()


SQL = "SELECT a.id, a.title, p.sha256, p.text_sha256 FROM articles a JOIN pages p ON p.id = a.page_id WHERE a.id = 3"


def test_a_citation_says_what_was_read_when_and_where() -> None:
    text = plain(TOLD, "http://h/a/x")
    for part in ("Ada Ferrand, Tide & Sons, Ltd: 50 % of {it} is_true. Gazette, 2024-03-15. https://g.example/a_b.",
                 "Captured 2024-03-16 10:20 UTC", "SHA-256 abab", "http://h/a/x"):  # fmt: skip
        assert part in text
    assert "Read 2024-06-20 02:30 UTC" in plain({**TOLD, "captured": None}, "")
    entry = bibtex(TOLD, "http://h/a/x")
    assert entry.startswith("@misc{ferrand2024-abababab,\n")
    assert r"title = {{50 \% of \{it\} is\_true}}" in entry
    assert r"author = {Ada Ferrand and {Tide \& Sons, Ltd}}" in entry
    assert "url = {https://g.example/a_b}" in entry
    assert re.sub(r"\\.", "", entry).count("{") == re.sub(r"\\.", "", entry).count("}")
    [item] = json.loads(csl(TOLD, "http://h/a/x"))
    assert item["issued"] == {"date-parts": [[2024, 3, 15]]}
    assert item["accessed"] == {"date-parts": [[2024, 3, 16]]}
    assert [each["literal"] for each in item["author"]] == TOLD["authors"]
    lines = ris(TOLD, "http://h/a/x").split("\r\n")
    assert (lines[0], lines[-2]) == ("TY  - ELEC", "ER  - ")
    assert {"AU  - Ada Ferrand", "DA  - 2024/03/15", "Y2  - 2024/03/16", "UR  - https://g.example/a_b"} <= set(lines)


def test_little_known_is_cited_too() -> None:
    nothing = dict.fromkeys(TOLD) | {"authors": [], "sha256": "cd" * 32}
    for write in (plain, bibtex, csl, ris):
        assert "cd" * 32 in write(nothing, "/a/x")
        assert "None" not in write(nothing, "/a/x")


def test_an_address_by_content_leads_to_the_article_in_every_archive(archive: Path, tmp_path: Path) -> None:
    article, title, sha256, text = row(archive, SQL)
    for digest in (sha256, text, sha256[:12], sha256.upper()):
        [answer] = get(archive, f"/a/{digest}")
        assert (answer.status_code, answer.headers["location"]) == (302, f"/archive/articles/{article}")
    [shown] = get(archive, f"/archive/articles/{article}")
    assert f'rel="bookmark" href="/a/{sha256}"' in shown.text
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    (folder / "aaa.txt").write_text("The first article of all, which moves the numbers of the others. " * 30)
    other = read_folder(folder, tmp_path / "other.db").database
    [answer] = get(other, f"/a/{sha256}")
    found = int(answer.headers["location"].rpartition("/")[2])
    assert (found != article, row(other, f"SELECT title FROM articles WHERE id = {found}")[0]) == (True, title)


def test_what_is_unknown_or_names_several_is_not_found(archive: Path, tmp_path: Path) -> None:
    several = Path(shutil.copy(archive, tmp_path / "several.db"))
    with contextlib.closing(sqlite3.connect(several)) as db, db:
        db.execute("UPDATE pages SET sha256 = 'aaaaaaaaaaaa' || substr(sha256, 13) WHERE outcome = 'article'")
    answers = get(several, "/a/aaaaaaaaaaaa", f"/a/{'0' * 64}", "/a/abc", f"/a/{row(several, SQL)[2]}.pdf")
    assert [answer.status_code for answer in answers] == [404] * 4
    assert get(several, f"/a/{row(several, SQL)[2]}")[0].status_code == 302


def test_citations_are_files_of_their_own(archive: Path, tmp_path: Path) -> None:
    _, title, sha256, _ = row(archive, SQL)
    for answer, (media_type, _) in zip(
        get(archive, *(f"/a/{sha256}.{form}" for form in FORMATS)), FORMATS.values(), strict=True
    ):
        assert answer.headers["content-type"].startswith(media_type)
        assert f"http://localhost/a/{sha256}" in answer.text
    [item] = json.loads(get(archive, f"/a/{sha256}.json")[0].text)
    assert item["title"] == title
    hostile = Path(shutil.copy(archive, tmp_path / "hostile.db"))
    make_hostile(hostile)
    for answer in get(hostile, *(f"/a/{sha256}.{form}" for form in FORMATS)):
        assert answer.status_code == 200
        assert "javascript:" not in answer.text
