"""Exports that are killed, into folders and files that hold something of others too."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from lab.torture.crawls import ABSURDLY_LONG, PROJECT, crawl
from lab.torture.pages import ordinary_folder
from lab.torture.report import Report, Scene

PAGES = 60
FOREIGN = ("notes.md", "0000/1-my-own-notes.md", "0000/notes.txt", ".hidden")  # in the folder before the first export


def killed_exports(scene: Scene) -> Iterator[Report]:
    """Kill exports at random moments: foreign files stay, a file is whole or as it was, the next export is right."""
    database, chance = scene.place / "articles.db", random.Random(7)
    ordinary_folder(scene.place / "pages", PAGES)
    problems = crawl(scene.place / "pages", database).problems(0)
    clock = time.monotonic()
    _export(scene.place / "whole", database)
    seconds = time.monotonic() - clock
    _export(scene.place / "whole.jsonl", database)
    wanted, whole = _files(scene.place / "whole"), (scene.place / "whole.jsonl").read_bytes()
    killed, tries = 0, scene.times(4, 30)
    for attempt in range(tries):
        folder, file = scene.place / f"export-{attempt}", scene.place / f"export-{attempt}.jsonl"
        for name in FOREIGN:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("mine")
        file.write_text("old\n")
        for target in (folder, file):
            killed += _export(target, database, chance.uniform(0, seconds)) == -signal.SIGKILL
        problems += [] if file.read_bytes() in (b"old\n", whole) else ["half a file stands in the place of the old one"]
        for target in (folder, file):
            problems += [f"the next export ended with {status}"] if (status := _export(target, database)) else []
        found = _files(folder)
        problems += [f"{name} is not as it was" for name in FOREIGN if found.pop(name, b"") != b"mine"]
        problems += ["the folder is not as after one export"] if found != wanted else []
        problems += ["the file is not as after one export"] if file.read_bytes() != whole else []
    happened = f"{killed} killed; files of others untouched, no half file, the next export as if none had been killed"
    yield Report("exports killed at a random moment, then again", 2 * tries, happened, problems)


def _export(target: Path, database: Path, seconds: float | None = None) -> int:
    """Export, and return the exit status; after so many `seconds` the export is killed."""
    command = [sys.executable, "-m", "scrapy.cmdline", "export", str(target), "-s", f"DATABASE={database}"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SCRAPY", "PYTEST"))}
    with subprocess.Popen(command, cwd=PROJECT, env=clean, stdout=subprocess.DEVNULL) as running:
        try:
            return running.wait(ABSURDLY_LONG if seconds is None else seconds)
        except subprocess.TimeoutExpired:
            running.kill()
            return running.wait()


def _files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
