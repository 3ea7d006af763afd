"""Kinds, Markdown, refused texts and wanted comments on an engine: the rows are those of a run in one process."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lab.samples import html_page, sentences
from tests.conftest import SEEDS
from tests.test_cluster import rows
from tests.test_keep_comments import DATED, SAID, capture, page_with
from tests.work import read_told, read_told_row
from winnow.cluster.__main__ import main
from winnow.cluster.load import load
from winnow.items import Kind
from winnow.kinds import EVERY_KIND, Kinds
from winnow.runs.one_process import run_folder


@pytest.mark.parametrize("kinds", [EVERY_KIND, frozenset({Kind.ARTICLE, Kind.PRODUCT})])
def test_kinds_markdown_and_refused_texts_are_those_of_a_run(
    jobs: Any, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, kinds: Kinds
) -> None:
    monkeypatch.setattr("winnow.cluster.shard_reader.read_row", read_told_row)
    monkeypatch.setattr("winnow.runs.one_process.read_page", read_told)
    for number, name in enumerate(("a-listing", "b-product", "c-article", "d-listing")):
        (folder / f"{name}.html").write_text(html_page(f"Story {number}", sentences(number)), encoding="utf-8")
    (folder / "e-product.html").write_text(html_page("Story 1", sentences(1)[:4]), encoding="utf-8")  # an excerpt
    (folder / "f-listing.html").write_text("<p>Too short.", encoding="utf-8")
    (folder / "g-article.html").write_text(html_page("Story 2", [*sentences(2), *sentences(22, 8)]), encoding="utf-8")
    run_folder(folder, tmp_path / "run.db", kinds=kinds)
    jobs.ClusterJob(str(tmp_path / "out"), 2, max_page_bytes=1_000_001, kinds=kinds).run([str(folder)])
    load(tmp_path / "out", tmp_path / "loaded.db")
    expected = rows(tmp_path / "run.db")
    assert rows(tmp_path / "loaded.db") == expected
    assert {row[11] for row in expected["pages"]} == {"listing", "product", "article", None}
    assert len(expected["refused"]) == (1 if kinds == EVERY_KIND else 3)
    with closing(sqlite3.connect(tmp_path / "loaded.db")) as db:
        found = db.execute("SELECT rowid FROM refused_texts_fts WHERE refused_texts_fts MATCH 'stood'").fetchall()
        assert found == [(6,)]


def test_tables_of_an_earlier_version_without_refused_texts_are_loaded(jobs: Any, tmp_path: Path) -> None:
    jobs.ClusterJob(str(tmp_path / "out"), 2).run([str(SEEDS / "harbour-gazette")])
    shutil.rmtree(tmp_path / "out" / "refused_texts")
    assert load(tmp_path / "out", tmp_path / "a.db").seen == 7


def test_comments_are_kept_on_an_engine_too(
    jobs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("winnow.cluster.__main__.start", lambda runner, address: None)  # `jobs` has done it
    folder = tmp_path / "pages"
    folder.mkdir()
    for page in (page_with(SAID["German"]), capture(DATED)):
        (folder / page.path).write_bytes(page.body)
    run_folder(folder, tmp_path / "run.db", with_comments=True)
    command = [str(folder), "--out", str(tmp_path / "out"), "--workers", "1"]
    assert main([*command, "--keep-comments"]) == 0
    load(tmp_path / "out", tmp_path / "loaded.db")
    assert rows(tmp_path / "loaded.db") == rows(tmp_path / "run.db")
    with closing(sqlite3.connect(tmp_path / "loaded.db")) as db:
        assert db.execute("SELECT count(*) FROM articles WHERE instr(text, ?)", [SAID["German"]]).fetchall() == [(1,)]
    assert main(command) == 1
    assert "was made with other parameters" in capsys.readouterr().err
