"""The benchmark of speed measures what it names, also beside another commit."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lab.samples import sentences
from tests.conftest import PROJECT, environment


def test_speed_command_measures_made_pages_and_growth(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    command = [sys.executable, "-m", "lab.benchmarks.speed", "--pages", "2", "--rounds", "1", "--workers", "1"]
    command += ["--growth", "1", "--json", str(figures)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert done.returncode == 0, done.stderr
    found = json.loads(figures.read_text())
    programs = ["crawl", "loop", "pool", "own"]
    assert set(found["runs"]) == {*programs, *(f"{name}, 1 page" for name in programs), "unchanged", "1 % new"}
    assert [(row["pages"], row["known before"]) for row in found["growth"]] == [(1, 0)]
    assert "| 1 % new | " in done.stdout
    assert re.search(r"^\| crawl \|( -?[\d.]+ \|){4}$", done.stdout, re.MULTILINE)


@pytest.mark.skipif(not (PROJECT / ".git").exists(), reason="needs the repository")
def test_speed_command_measures_this_checkout_beside_a_commit(tmp_path: Path) -> None:
    texts, figures = tmp_path / "texts", tmp_path / "figures.json"
    texts.mkdir()
    for number in range(2):
        (texts / f"{number}.txt").write_text("\n".join(sentences(number, 20)))
    command = [sys.executable, "-m", "lab.benchmarks.speed", "--pages", "3", "--rounds", "1", "--workers", "1"]
    command += ["--known", "5", "--text", str(texts), "--json", str(figures), "--against"]
    done = subprocess.run([*command, "HEAD"], capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert done.returncode == 0, done.stderr
    rows = {row["name"]: row for row in json.loads(figures.read_text())["against"]}
    assert [name for name in rows if name.startswith("text capture")]
    assert all(row["own"] > 0 and row["other"] > 0 for name, row in rows.items() if "main process" not in name)
    own, other, ratio = (rows["HTML page, by sum"][name] for name in ("own", "other", "ratio"))
    assert ratio == pytest.approx(own / other)
    assert len(re.findall(r"^\| .*[\d.]+ \|$", done.stdout, re.MULTILINE)) == len(rows)
    failed = subprocess.run([*command, "no-such"], capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert failed.returncode == 1
    assert failed.stderr.startswith("--against no-such: ")
