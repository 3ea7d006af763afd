"""All faults of storage: no space, no permission, locks, files that vanish, are replaced, damaged or left behind."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from lab.torture.crawls import UNPRIVILEGED, Crawl, contents, crawl, damage, differences, rows
from lab.torture.pages import ordinary_folder
from lab.torture.report import Report, Scene

PAGES = 80
LOG = 8192  # KiB, at least, that the log takes before SQLite copies it into the database: twice 1,000 pages of 4 KiB


def disk_full(scene: Scene) -> Iterator[Report]:
    """Crawl onto a disk that fills up, make room, and crawl on."""
    folder, expected = scene.place / "pages", scene.place / "expected.db"
    ordinary_folder(folder, PAGES)
    crawl(folder, expected)
    wanted = contents(expected)
    chance, times = random.Random(8), scene.times(2, 12)
    problems, found = [], Counter[int]()
    size = expected.stat().st_size // 1024
    for attempt in range(times):
        database = scene.place / f"full-{attempt}.db"
        limit = chance.randrange(8, size * 9 // 10) if attempt else 8
        with Crawl(folder, database, wrapper=["prlimit", f"--fsize={limit * 1024}"]) as running:
            ended = running.end()
            problems += [*ended.problems(1, 3, said="winnow: "), *running.orphans()]
        found[ended.status] += 1
        problems += damage(database) if rows(database, "SELECT 1 FROM sqlite_master WHERE name = 'runs'") else []
        problems += crawl(folder, database).problems(0)
        problems += [*damage(database), *differences(contents(database), wanted)]
    happened = f"status {_statuses(found)}, one line; complete after a run with room"
    yield Report("files may not grow (quota)", times, happened, problems)
    disk = scene.place / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size // 2}k", "tmpfs", disk], capture_output=True
    ).returncode:
        yield Report("disk full (small tmpfs)", 0, "not tried: mounting is not permitted here")
        return
    try:
        yield _small_disk(folder, disk, size, wanted)
    finally:
        subprocess.run(["umount", disk], check=True)


def _small_disk(folder: Path, disk: Path, size: int, wanted: dict[str, list[str]]) -> Report:
    database, problems = disk / "articles.db", []
    sizes = [40, size // 8, size // 4, size // 2, size]
    found = Counter[int]()
    for kilobytes in sizes:
        subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", disk], check=True)
        ended = crawl(folder, database)
        problems += ended.problems(1, 3, said="winnow: ") if kilobytes < size else ended.problems(0, 3)
        found[ended.status] += 1
    subprocess.run(["mount", "-o", f"remount,size={size * 4 + LOG}k", disk], check=True)
    problems += crawl(folder, database).problems(0)
    problems += [*damage(database), *differences(contents(database), wanted)]
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    problems += crawl(folder, database).problems(1, said="winnow: ")
    happened = f"status {_statuses(found)}, one line; complete with room; read-only: status 1"
    return Report("disk full, then larger; file system read-only", len(sizes) + 1, happened, problems)


def _statuses(found: Counter[int]) -> str:
    return ", ".join(f"{status} {count} times" for status, count in sorted(found.items()))


def storage_faults(scene: Scene) -> Iterator[Report]:
    """Crawl into a database that is deleted, replaced, forbidden or locked, or beside which a dead run left files."""
    folder, expected = scene.place / "pages", scene.place / "expected.db"
    ordinary_folder(folder, PAGES)
    crawl(folder, expected)
    wanted = contents(expected)
    yield _under_a_run(scene, folder)
    yield _locked(scene, folder, wanted)
    yield _forbidden(scene, folder)
    yield _left_behind(scene, folder, expected, wanted)


def _empty(database: Path) -> None:
    for file in database.parent.iterdir():
        file.unlink()


def _under_a_run(scene: Scene, folder: Path) -> Report:
    """Delete, rename and replace the database of a running crawl, which must not report success."""
    problems = []
    cases: dict[str, Callable[[Path], object]] = {
        "deleted": Path.unlink,
        "deleted with its log": _empty,
        "renamed": lambda database: database.rename(database.with_name("elsewhere.db")),
        "replaced": lambda database: (
            shutil.copy(database, other := database.with_name("other")) and other.replace(database)
        ),
        "folder renamed": lambda database: database.parent.rename(database.parent.with_name("away")),
    }
    for name, do in cases.items():
        place = scene.place / "under"
        place.mkdir()
        database = place / "articles.db"
        with Crawl(folder, database) as running:
            running.wait_for(database, "SELECT count(*) FROM pages")
            do(database)
            ended = running.end()
            problems += [f"{name}: {problem}" for problem in ended.problems(3, said="winnow: ")]
            problems += running.orphans()
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(scene.place / "away", ignore_errors=True)
    return Report("database deleted, renamed, replaced under a run", len(cases), "status 3 and one line", problems)


def _locked(scene: Scene, folder: Path, wanted: dict[str, list[str]]) -> Report:
    problems, database = [], scene.place / "locked.db"
    sqlite3.connect(database).close()
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        problems += crawl(folder, database).problems(1, said="kept it locked")
        writer.rollback()
    with Crawl(folder, database) as running:
        running.wait_for(database, "SELECT count(*) FROM runs")
        with closing(sqlite3.connect(database, timeout=60)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            in_mid_crawl = running.end()
            problems += in_mid_crawl.problems(0, 3)  # 0: the crawl was done before the other got its lock
            writer.rollback()
        problems += running.orphans()
    problems += [*crawl(folder, database).problems(0), *damage(database)]
    with closing(sqlite3.connect(database, timeout=60)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        problems += crawl(folder, database).problems(1, said="kept it locked")
        writer.rollback()
    problems += differences(contents(database), wanted)
    happened = f"status 1 after 10 s; in mid-crawl {in_mid_crawl.status}"
    return Report("another program keeps the database locked", 3, happened, problems)


def _forbidden(scene: Scene, folder: Path) -> Report:
    """Crawl into databases and folders without permission."""
    place = scene.place / "forbidden"
    place.mkdir()
    database = place / "articles.db"
    problems = []
    with Crawl(folder, database, wrapper=UNPRIVILEGED) as running:
        problems += running.end().problems(0)
    before = contents(database)
    tried = 0
    for what, mode in (("file", 0o444), ("file", 0o000), ("folder", 0o555), ("folder", 0o000)):
        target = database if what == "file" else place
        target.chmod(mode)
        with Crawl(folder, database, wrapper=UNPRIVILEGED) as running:
            ended = running.end()
            problems += [f"{what} {mode:o}: {problem}" for problem in ended.problems(1, said="winnow: ")]
            problems += running.orphans()
        target.chmod(0o644 if what == "file" else 0o755)
        tried += 1
    problems += differences(contents(database), before)
    return Report("database or folder without permission", tried, "status 1 and one line, database untouched", problems)


def _left_behind(scene: Scene, folder: Path, expected: Path, wanted: dict[str, list[str]]) -> Report:
    problems: list[str] = []
    database = scene.place / "left.db"
    beside: dict[str, bytes] = {
        "-wal": b"",
        "-wal ": random.Random(1).randbytes(50_000),
        "-shm": random.Random(2).randbytes(32_768),
        "-journal": random.Random(3).randbytes(9_000),
        ".lock": b"process 1, started 2020-01-01T00:00:00+00:00",
        ".lock ": b"\xff" * 9000,
    }
    for suffix, body in beside.items():
        shutil.copy(expected, database)
        Path(f"{database}{suffix.strip()}").write_bytes(body)
        problems += [f"{suffix}: {problem}" for problem in crawl(folder, database).problems(0)]
        problems += [f"{suffix}: {problem}" for problem in differences(contents(database), wanted)]
        for file in scene.place.glob("left.db*"):
            file.unlink()
    victim = scene.place / "victim"
    victim.write_text("precious")
    shutil.copy(expected, database)
    for name in (".lock", "-wal", "-journal"):
        link = Path(f"{database}{name}")
        link.unlink(missing_ok=True)
        link.symlink_to(victim)
        problems += crawl(folder, database).problems(0, 1, 3)
        link.unlink(missing_ok=True)
        problems += [] if victim.read_text() == "precious" else [f"a link at {name} let another file be written"]
        victim.write_text("precious")
    happened = "passed over; links there are not followed"
    return Report("wal, shm, journal, lock left behind or forged", len(beside) + 3, happened, problems)


def damaged_databases(scene: Scene) -> Iterator[Report]:
    """Overwrite or cut parts of a database, then crawl changed files into it."""
    folder, sound = scene.place / "pages", scene.place / "sound.db"
    ordinary_folder(folder, PAGES)
    crawl(folder, sound)
    for file in sorted(folder.glob("*.html"))[::3]:
        file.write_text(file.read_text(encoding="utf-8").replace("</article>", "<p>One more line.</p></article>"))
    times, found, problems = scene.times(3, 40), Counter[str](), []
    for attempt in range(times):
        database, chance = scene.place / "damaged.db", random.Random(attempt)
        body = bytearray(sound.read_bytes())
        if attempt % 4 == 3:
            del body[chance.randrange(100, len(body)) :]
        else:
            for _ in range(chance.choice([1, 4, 40])):
                start = chance.randrange(0 if attempt % 4 == 2 else 100, len(body))
                body[start : start + 500] = chance.randbytes(len(body[start : start + 500]))
        database.write_bytes(body)
        with Crawl(folder, database) as running:
            ended = running.end(120)
            said = "" if ended.status == 0 else "winnow: "
            problems += [f"attempt {attempt}: {problem}" for problem in ended.problems(0, 1, 3, 4, said=said)]
            problems += running.orphans()
        found[f"status {ended.status}"] += 1
        for file in scene.place.glob("damaged.db*"):
            file.unlink()
    happened = "one line, no hang: " + ", ".join(f"{count} times {what}" for what, count in sorted(found.items()))
    yield Report("damaged database files", times, happened, problems)
