"""The reading room works with Datasette 0.65, and with the newest 1.0 alpha, which is fetched into its own folder."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT, SEEDS, installed, read_folder
from tests.walked import PAGES

LATER = "1.0a41"  # the newest that was tried


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return read_folder(SEEDS, tmp_path_factory.mktemp("seeds") / "seeds.db").database


@pytest.fixture(params=["installed", LATER])
def folder(request: pytest.FixtureRequest, pytestconfig: pytest.Config) -> Path | None:
    """Return where to find the Datasette that is tried; None for the one that is installed."""
    if request.param == "installed":
        return None
    assert pytestconfig.cache
    place = Path(pytestconfig.cache.mkdir("datasette")) / LATER
    if not (place / "datasette").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(place), f"datasette=={LATER}"]
        if subprocess.run(command, capture_output=True).returncode:
            shutil.rmtree(place, ignore_errors=True)
            pytest.skip(f"Datasette {LATER} cannot be fetched: only the one that is installed is tried")
    return place


def walked(archive: Path, folder: Path | None) -> dict[str, Any]:
    known = installed()
    known["PYTHONPATH"] = os.pathsep.join([*([str(folder)] if folder else []), known["PYTHONPATH"]])
    command = [sys.executable, "-W", "ignore", "-m", "tests.walked", str(archive), archive.stem]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=known)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_everything_works_with_both(archive: Path, folder: Path | None, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(archive)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = walked(Path(shutil.copy(archive, tmp_path / "archive.db")), folder)
    assert found["version"] == LATER if folder else found["version"].startswith("0.")
    assert {address: status for address, (status, _) in found["pages"].items()} == dict.fromkeys(PAGES, 200)
    for address, (_, policy) in found["pages"].items():
        strict = "sandbox" if address.endswith("saved.html") else "default-src 'none'"
        ours = not address.startswith(("/NAME", "/-/", "/room.js")) or address[-2:] in ("/1", "ed", "ml")
        assert policy == (strict if ours else "default-src 'self'"), address
    assert found["heavy"] == 400  # it runs in a process with limits
    assert {"new_since", "per_month"} <= set(found["questions"])
    assert (found["described"], found["foreign name"], found["foreign query"]) == (True, 421, 403)
    assert (found["refused"], found["sent"], found["shown"]) == ([403] * 3, [303, 303], [True, True])
