"""The reading room shows how live sites do, where their ledger is served beside the archive."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from lab.samples import html_page, sentences
from tests.browsing import HOSTILE, plug_in
from tests.conftest import read_folder
from tests.test_browse import loads
from winnow.sites import ledger
from winnow.sites.ledger_queue import Fetch, record

pytestmark = pytest.mark.filterwarnings("ignore")

URL = "https://paper.example/"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("archive")
    (place / "pages").mkdir()
    (place / "pages/a.html").write_text(html_page("Alpha", sentences(1)))
    return read_folder(place / "pages", place / "articles.db").database


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """Make a ledger of a site that was asked two addresses in each of two runs, and answered in the first only."""
    with contextlib.closing(ledger.open_ledger(tmp_path, make=True)) as db:
        ledger.add_site(db, URL, "paper.example", 1_700_000_000)
        for outcome, why in (("new", None), ("failed", "time-out")):
            run = ledger.begin_run(db, {}, 1_700_000_000)
            for _ in range(2):
                record(db, run, Fetch(ledger.PAGE, URL, 1_700_000_000, outcome, site_id=1, why=why))
            ledger.end_run(db, run, "finished", 1_700_000_100)
    return tmp_path / ledger.LEDGER


def _get(files: list[Path], *addresses: str, **metadata: Any) -> list[Any]:
    plug_in()
    datasette: Any = import_module("datasette.app").Datasette([str(file) for file in files], metadata=metadata)

    async def answers() -> list[Any]:
        await datasette.invoke_startup()
        return [await datasette.client.get(address) for address in addresses]

    try:
        return asyncio.run(answers())
    finally:
        datasette.executor.shutdown()


def test_each_site_is_shown_with_what_is_wrong_and_the_next_step(archive: Path, sites: Path) -> None:
    page, earlier, none, runs = _get([archive, sites], "/sites", "/sites?run=1", "/sites?run=9", "/runs")
    assert "nothing was answered: time-out" in page.text
    assert f"<code>scrapy sites check {URL}</code>" in page.text
    assert "broken</span>" in page.text
    assert "Failed: 2 time-out" in page.text
    assert "Run 1, 2023-11-14 22:13 UTC" in earlier.text
    assert "nothing was answered" not in earlier.text
    assert [f'href="/sites/{table}"' in page.text for table in ("urls", "fetches")] == [True, True]
    assert none.status_code == 404
    assert 'href="/sites">Sites</a>' in runs.text


def test_there_is_no_page_without_a_ledger(archive: Path, sites: Path, tmp_path: Path) -> None:
    page, runs = _get([archive], "/sites", "/runs")
    assert (page.status_code, "/sites" in runs.text) == (404, False)
    other = Path(shutil.copy(archive, tmp_path / "more.db"))
    assert _get([archive, other], "/sites")[0].status_code == 404
    (tmp_path / "other").mkdir()
    made = tmp_path / "other" / ledger.LEDGER
    with contextlib.closing(sqlite3.connect(made)) as db:
        db.execute("create table sites (url)")
    assert "Last article" not in _get([archive, made], "/sites")[0].text  # Datasette's own page of a file of that name


def test_a_new_ledger_has_no_run_yet(archive: Path, tmp_path: Path) -> None:
    ledger.open_ledger(tmp_path, make=True).close()
    (page,) = _get([archive, tmp_path / ledger.LEDGER], "/sites")
    assert (page.status_code, "No site yet." in page.text, "No run yet." in page.text) == (200, True, True)


def test_who_may_not_see_the_ledger_does_not_see_the_page(archive: Path, sites: Path) -> None:
    (page,) = _get([archive, sites], "/sites", databases={"sites": {"allow": False}})
    assert page.status_code == 403


def test_markup_of_sites_is_text(archive: Path, sites: Path) -> None:
    with contextlib.closing(sqlite3.connect(sites)) as db:
        db.execute("update sites set url = 'javascript:alert(1)//' || ?", [HOSTILE])
        db.execute("update fetches set why = ?", [HOSTILE])
        db.commit()
    (page,) = _get([archive, sites], "/sites")
    found = loads(page.text)
    assert page.status_code == 200
    assert page.text.count("<script") == page.text.count('<script src="/room.js?') == 1
    assert all(each.startswith(("data:", "/room.js?")) for each in found.loads)
    assert not any(part.startswith("javascript:") for part in page.text.split('href="'))
