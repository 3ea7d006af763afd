"""Night after night: pages that cannot be seen, and files that rot behind the same size and time."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lab.samples import html_page, sentences
from lab.torture.crawls import UNPRIVILEGED, Crawl, Ended, crawl, damage, rows
from lab.torture.pages import ordinary_folder
from lab.torture.report import Report, Scene

PAGES = 12  # of each of the folders
_UNREAD = """SELECT count(*) FROM (SELECT reason, max(last_run) FROM pages GROUP BY source, path)
    WHERE reason = 'unreadable'"""
DAYS = 3  # in which all files are read anew


def unseen_pages(scene: Scene) -> Iterator[Report]:
    """Forbid folders and files, or take them all away, as a disk that is not mounted does; then give them back."""
    folder, expected = scene.place / "pages", scene.place / "expected.db"
    for seed, name in enumerate(("", "one", "two")):
        ordinary_folder(folder / name, PAGES, seed=seed)
    problems, found = crawl(folder, expected).problems(0), Counter[str]()
    [(pages, articles)] = rows(expected, "SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM articles)")
    cases = {"a folder": 3, "the files of a folder": 3, "a file": 0, "everything": 3}
    tries = scene.times(4, 16)
    for attempt in range(tries):
        case, chance = [*cases][attempt % len(cases)], random.Random(attempt)
        database = scene.place / f"unseen-{attempt}.db"
        if case == "everything":
            shutil.copy(expected, database)
        ended = _hidden(folder, database, case, chance)
        problems += [f"{case} hidden: {problem}" for problem in ended.problems(cases[case])]
        found[f"status {ended.status}"] += 1
        with Crawl(folder, database, wrapper=UNPRIVILEGED) as running:
            problems += running.end().problems(0, said=f"{pages} pages in")
        [(left, now)] = rows(database, f"SELECT ({_UNREAD}), (SELECT count(*) FROM articles)")
        problems += [f"{left} pages are still unread"] if left else []
        problems += [f"{now} articles, not {articles}"] if now != articles else []
        problems += damage(database)
    happened = ", ".join(f"{count} times {what}" for what, count in found.items()) + "; complete when all is back"
    yield Report("folders and files that cannot be seen", tries, happened, problems)


def _hidden(folder: Path, database: Path, case: str, chance: random.Random) -> Ended:
    """Crawl while something is hidden."""
    place = folder / chance.choice(["one", "two"])
    files = sorted(file for file in place.iterdir() if file.is_file())
    hidden = {"a folder": [place], "the files of a folder": [*place.rglob("*.*")], "a file": [chance.choice(files)]}
    modes = {path: path.stat().st_mode for path in hidden.get(case, [])}
    away = folder.with_name("away")
    if case == "everything":
        folder.rename(away)
        folder.mkdir()
    for path in modes:
        path.chmod(0)
    with Crawl(folder, database, wrapper=UNPRIVILEGED) as running:
        ended = running.end()
    for path, mode in modes.items():
        path.chmod(mode)
    if case == "everything":
        folder.rmdir()
        away.rename(folder)
    return ended


def rotten_files(scene: Scene) -> Iterator[Report]:
    """Put other bytes behind the same size and time, and crawl in some of the nights that follow."""
    count, tries = scene.times(40, 100), scene.times(2, 6)
    problems, late, anew = list[str](), 0, 0
    for attempt in range(tries):
        chance = random.Random(attempt)
        folder, database = scene.place / f"rotten-{attempt}", scene.place / f"rotten-{attempt}.db"
        folder.mkdir()
        for number in range(count):
            page = html_page(f"Story {number}", ["It has 4100 people, says the council.", *sentences(number)])
            (folder / f"{number:04}.html").write_text(page)
        problems += crawl(folder, database).problems(0)
        rotten = set(chance.sample(sorted(folder.iterdir()), count // 2))
        for file in rotten:
            _rot(file)
        for night in range(1, DAYS + 1):
            if night == DAYS or chance.random() < 0.6:  # else the night is missed
                later = {"SCRAPY_SETTINGS_MODULE": "lab.torture.later_settings", "TORTURE_DAYS": str(night)}
                ended = crawl(folder, database, "-s", f"VERIFY_DAYS={DAYS}", environment=later)
                problems += ended.problems(0)
                anew += ended.out.count("read anew: ") and int(ended.out.split("read anew: ")[1].split()[0])
        [(known,)] = rows(database, "SELECT count(*) FROM articles WHERE text LIKE '%7300 people%'")
        late += len(rotten) - known
        problems += damage(database)
    problems += [f"{late} files with other bytes were not found within {DAYS} days"] if late else []
    happened = f"all found within {DAYS} days, whichever nights were missed; {anew} files read anew for {tries * count}"
    yield Report("other bytes behind the same size and time", tries * (count // 2), happened, problems)


def _rot(file: Path) -> None:
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"4100 people", b"7300 people"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
