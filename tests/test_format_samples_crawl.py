"""Every format that holds pages, in whole runs: what the database says of it, and the same rows from an engine."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.archive_samples import ARCHIVES
from tests.conftest import Read, read_folder
from tests.export_samples import EXPORTS
from tests.samples import Told
from tests.test_cluster import rows
from winnow.cluster.load import load

_TOLD = "SELECT path, a.title, p.url, captured, author, date FROM pages p JOIN articles a ON a.page_id = p.id"

SAMPLES = {name: each for name, each in (ARCHIVES | EXPORTS).items() if not each.needs or find_spec(each.needs)}


@pytest.fixture
def samples(folder: Path) -> Path:
    """Return a folder with all samples, each in a folder of its own."""
    for name, sample in SAMPLES.items():
        place = folder / str(list(SAMPLES).index(name)) / name
        place.parent.mkdir(parents=True)
        place.write_bytes(sample.data)
    return folder


def test_run_gives_the_pages_of_every_format_and_a_second_one_opens_none(read: Read, samples: Path) -> None:
    found = [list(row.values()) for row in read(samples).rows(_TOLD)]
    told = {path.partition("/")[2]: Told(*said) for path, *said in found}
    expected = {f"{name}#{path}": each for name, sample in SAMPLES.items() for path, each in sample.pages.items()}
    assert told == expected
    second = read(samples).last_run
    assert (second["unchanged"], second["rejected"], second["new"]) == (second["pages"], 0, 0)


def test_rows_of_an_engine_are_those_of_a_crawl(jobs: Any, samples: Path, tmp_path: Path) -> None:
    jobs.ClusterJob(str(tmp_path / "out"), 2, 3, 1).run([str(samples)])
    load(tmp_path / "out", tmp_path / "loaded.db")
    expected = read_folder(samples, tmp_path / "crawl.db")
    assert rows(tmp_path / "loaded.db") == rows(expected.database)
    for sql in (
        "SELECT id, url, captured FROM pages ORDER BY id",
        "SELECT path, kind, size, records, passed FROM containers ORDER BY 1",
    ):
        with closing(sqlite3.connect(tmp_path / "loaded.db")) as db:
            assert db.execute(sql).fetchall() == [tuple(row.values()) for row in expected.rows(sql)]
