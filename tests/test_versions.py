"""Runs and extractions say what made them: Winnow, its commit, its models."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest

from lab.samples import html_page, sentences
from tests.conftest import PROJECT, Read
from winnow.read.html import model
from winnow.runs.versions import commit_of, own_version, reader, versions


def git(folder: Path, *args: str) -> str:
    """Run Git in a folder, whoever its user is."""
    author = {f"GIT_{role}_{what}": "t@t.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(["git", "-C", folder, *args], env=os.environ | author, capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_the_commit_is_told_by_the_files_of_git(tmp_path: Path) -> None:
    assert commit_of(tmp_path) is None
    folder = tmp_path / "checkout"
    git(tmp_path, "init", "-q", str(folder))
    assert commit_of(folder) is None
    git(folder, "commit", "-q", "--allow-empty", "-m", "one")
    commit = git(folder, "rev-parse", "HEAD")
    assert commit_of(folder) == commit
    git(folder, "pack-refs", "--all")
    assert commit_of(folder) == commit
    git(folder, "worktree", "add", "-q", str(tmp_path / "second"), "-b", "other")
    assert commit_of(tmp_path / "second") == commit
    git(folder, "checkout", "-q", "--detach")
    assert commit_of(folder) == commit


def test_the_version_is_that_of_the_code(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "winnow"\nversion = "7.8"\n')
    assert own_version(tmp_path) == "7.8"
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "mine"\nversion = "7.8"\n')
    assert own_version(tmp_path) != "7.8"
    assert f'\nversion = "{own_version()}"\n' in (PROJECT / "pyproject.toml").read_text()


def test_a_run_says_what_made_it_and_an_extraction_what_read_it(
    read: Read, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    (folder / "a-copy.html").write_text(html_page("Alpha", sentences(1)))
    first = reader()
    told = json.loads(read(folder).last_run["versions"])
    assert told == versions()
    assert told["html model"] == hashlib.sha256(model.FILE.shipped.read_bytes()).hexdigest()
    assert told["winnow"] == own_version()
    other = tmp_path / "model.npz"
    model.FILE.save(model.FILE.load(), other)
    other.write_bytes(other.read_bytes() + b"\0")  # another file with the same arrays
    monkeypatch.setenv(model.FILE.variable, str(other))
    (folder / "b.html").write_text(html_page("Beta", sentences(2)))
    second = reader()
    assert first != second
    assert first.split("+")[0] == second.split("+")[0] == own_version()
    rows = read(folder).rows("SELECT path, reader FROM extractions JOIN pages ON id = page_id ORDER BY path")
    assert [row["reader"] for row in rows] == [first, first, second]
