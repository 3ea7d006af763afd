"""The run lock: one run at a time per database, and none is locked out by a run that has died."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from winnow.archive.lock import RunLock
from winnow.items import StartError


def test_second_lock_is_refused_and_names_the_holder(tmp_path: Path) -> None:
    database = tmp_path / "articles.db"
    lock = RunLock(database)
    try:
        with pytest.raises(StartError, match=rf"articles\.db is in use.*process {os.getpid()}\b.*wait"):
            RunLock(database)
    finally:
        lock.release()


def test_holder_is_named_that_is_about_to_write_its_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "articles.db.lock"
    with note.open("w") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        monkeypatch.setattr("winnow.archive.lock.sleep", lambda seconds: note.write_text("process 4711"))
        with pytest.raises(StartError, match=r"in use by another run \(process 4711\)"):
            RunLock(tmp_path / "articles.db")


def test_refused_lock_leaves_the_holder_in_charge(tmp_path: Path) -> None:
    database = tmp_path / "articles.db"
    lock = RunLock(database)
    try:
        for _ in range(2):
            with pytest.raises(StartError):
                RunLock(database)
    finally:
        lock.release()


def test_released_lock_can_be_taken_and_leaves_no_file(tmp_path: Path) -> None:
    database = tmp_path / "articles.db"
    for _ in range(2):
        RunLock(database).release()
        assert list(tmp_path.iterdir()) == []


def test_databases_in_one_folder_are_locked_apart(tmp_path: Path) -> None:
    locks = [RunLock(tmp_path / name) for name in ("one.db", "two.db")]
    for lock in locks:
        lock.release()


def test_lock_file_of_a_dead_process_does_not_block(tmp_path: Path) -> None:
    database = tmp_path / "articles.db"
    code = (
        "import os, pathlib, sys; from winnow.archive.lock import RunLock;"
        "lock = RunLock(pathlib.Path(sys.argv[1])); os._exit(7)"
    )
    died = subprocess.run([sys.executable, "-c", code, str(database)], cwd=PROJECT, check=False)
    assert died.returncode == 7
    left = tmp_path / "articles.db.lock"
    assert left.exists()
    lock = RunLock(database)
    try:
        assert f"process {os.getpid()}," in left.read_text()
    finally:
        lock.release()


def test_lock_survives_a_longer_note_of_an_earlier_holder(tmp_path: Path) -> None:
    (tmp_path / "articles.db.lock").write_text("x" * 500)
    lock = RunLock(tmp_path / "articles.db")
    try:
        with pytest.raises(StartError) as refused:
            RunLock(tmp_path / "articles.db")
        assert "xxx" not in str(refused.value)
    finally:
        lock.release()


def test_link_to_a_database_leads_to_its_lock(tmp_path: Path) -> None:
    (tmp_path / "alias.db").symlink_to(tmp_path / "articles.db")
    lock = RunLock(tmp_path / "articles.db")
    try:
        with pytest.raises(StartError, match="in use by another run"):
            RunLock(tmp_path / "alias.db")
    finally:
        lock.release()


def test_link_in_place_of_the_lock_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("as it was")
    (tmp_path / "articles.db.lock").symlink_to(tmp_path / "precious")
    with pytest.raises(StartError, match=r"articles\.db\.lock cannot be written"):
        RunLock(tmp_path / "articles.db")
    assert (tmp_path / "precious").read_text() == "as it was"


def test_lock_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "articles.db.lock").mkdir()
    with pytest.raises(StartError, match=r"articles\.db\.lock cannot be written: Is a directory"):
        RunLock(tmp_path / "articles.db")


def test_release_leaves_the_lock_of_another_alone(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    lock = RunLock(tmp_path / "here/articles.db")
    (tmp_path / "here").rename(tmp_path / "moved")  # and somebody else begins anew in its place
    (tmp_path / "here").mkdir()
    other = RunLock(tmp_path / "here/articles.db")
    lock.release()
    assert (tmp_path / "here/articles.db.lock").exists()
    other.release()
