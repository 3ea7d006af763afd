"""The commands that the README shows do what it says: each is run, and shown output is compared."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT, SCRAPY, environment

README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", README, re.M | re.S)


def _examples() -> list[tuple[str, str]]:
    found = []
    for block in BLOCKS:
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.M):
            found.append((command, output))
    return found


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Crawl the sample pages in a folder that has nothing else, as `make crawl` does."""
    place = tmp_path_factory.mktemp("readme")
    command = [*SCRAPY, "crawl", "seeds", "-s", f"DATABASE={place / 'articles.db'}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert done.returncode == 0, done.stderr
    return place, done.stdout


def _plain(output: str) -> str:
    """Drop what differs from run to run and place to place."""
    output = re.sub(r"in \d+\.\d s \(\d+\.\d a second, \d+ workers?\)", "in N s", output)
    output = re.sub(r"[^ `=]*articles\.db", "articles.db", output).replace(" DATABASE=articles.db", "")
    return "\n".join(line.rstrip() for line in output.strip().splitlines())


@pytest.mark.parametrize(("command", "output"), _examples(), ids=[command[:40] for command, _ in _examples()])
def test_shown_command_prints_what_is_shown(crawled: tuple[Path, str], command: str, output: str) -> None:
    place, summary = crawled
    if command == "make crawl":
        printed = summary
    else:
        if command.startswith("scrapy "):  # needs the project; its database stands elsewhere
            command, place = f"{command} -s DATABASE={shlex.quote(str(place / 'articles.db'))}", PROJECT
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        done = subprocess.run(
            shlex.split(command), capture_output=True, text=True, cwd=place, env={**environment(), "PATH": path}
        )
        assert done.returncode == 0, done.stderr
        printed = done.stdout
    assert _plain(printed) == _plain(output)
