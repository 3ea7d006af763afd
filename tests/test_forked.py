"""A command in a forked child does what it does in a process that was started for it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from lab.samples import html_page, sentences
from tests import forked
from tests.conftest import PROJECT, SCRAPY, Crawled, environment

PAGES = "SELECT path, outcome, reason, text_sha256 FROM pages ORDER BY id"


def _forked(words: list[str], patch: pytest.MonkeyPatch) -> subprocess.CompletedProcess[str]:
    with patch.context() as changed:
        changed.setattr("tests.forked.subprocess.run", None)  # what starts it anew
        return forked.run_scrapy(words, environment())


@pytest.mark.parametrize("setting", ["WORKERS=2", "WORKERS=-1", "nonsense=1"])
def test_it_ends_says_and_does_the_same(
    setting: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (folder / f"{number}.html").write_text(html_page(f"Story {number}", sentences(number)))
    found = []
    for name in ("started.db", "forked.db"):
        words = ["crawl", "seeds", "-a", f"path={folder}", "-s", f"DATABASE={tmp_path / name}", "-s", setting]
        if name == "started.db":
            done = subprocess.run([*SCRAPY, *words], capture_output=True, text=True, cwd=PROJECT, env=environment())
        else:
            done = _forked(words, monkeypatch)
        rows = Crawled(0, "", "", tmp_path / name).rows(PAGES) if done.returncode == 0 else []
        said = re.sub(r"[\d.]+ s \([\d.]+|\w+\.db", "", done.stdout + done.stderr)
        found.append((done.returncode, said, rows))
    assert found[0] == found[1]


def test_what_python_reads_at_its_start_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    done = forked.run_scrapy(["report", "-h"], {**environment(), "PYTHONHASHSEED": "no number"})
    assert (done.returncode, "PYTHONHASHSEED" in done.stderr) == (1, True)
