"""Any kill: SIGKILL of everything at random moments, polite signals, and a second signal."""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lab.torture.crawls import Crawl, contents, crawl, damage, differences, rows
from lab.torture.pages import change_folder, ordinary_folder
from lab.torture.report import Report, Scene
from lab.torture.workers import FAULTY

PAGES = 120
# Times without those in which others had all CPUs.
STOP_SECONDS = 15.0  # in which a crawl ends that was asked to stop
AT_ONCE_SECONDS = 5.0  # in which a crawl ends that was asked twice


def random_kills(scene: Scene) -> Iterator[Report]:
    """Kill a crawl of changed files over and over, crawl on each time, and compare with a crawl without a kill."""
    folder, before, expected = scene.place / "pages", scene.place / "before.db", scene.place / "expected.db"
    ordinary_folder(folder, PAGES)
    crawl(folder, before)
    change_folder(folder, PAGES)
    shutil.copy(before, expected)
    undisturbed = crawl(folder, expected)
    wanted = contents(expected)
    chance, kills, rounds = random.Random(scene.full), 0, 0
    [(reading,)] = rows(expected, "SELECT seconds FROM runs ORDER BY id DESC LIMIT 1")
    problems = undisturbed.problems(0)
    found: Counter[str] = Counter()
    while kills < scene.times(6, 100):
        database = scene.place / f"round-{rounds}.db"
        shutil.copy(before, database)
        for _ in range(12):
            [(runs,)] = rows(database, "SELECT count(*) FROM runs")
            with Crawl(folder, database) as running:
                if chance.random() < 0.2:  # at any moment, also while it starts
                    time.sleep(chance.uniform(0, undisturbed.seconds))
                else:  # while it reads
                    running.wait_for(database, f"SELECT count(*) > {runs} FROM runs")
                    time.sleep(chance.uniform(0, reading))
                was_running = running.process.poll() is None
                kills += was_running
                only_the_main = was_running and chance.random() < 0.25
                running.process.kill() if only_the_main else running.kill()
                running.process.communicate()
                problems += running.orphans()
            if not was_running:
                break
            found["left a write-ahead log"] += Path(f"{database}-wal").exists()
            problems += damage_of_copy(database)
        problems += crawl(folder, database).problems(0)
        statuses = dict(rows(database, "SELECT ifnull(status, 'open'), count(*) FROM runs GROUP BY 1"))
        found["were marked failed by the next run"] += statuses.get("failed", 0)
        problems += ["a run without a status"] if statuses.get("open") else []
        problems += [*damage(database), *differences(contents(database), wanted), *_litter(database)]
        rounds += 1
    happened = f"rows equal those of an undisturbed crawl in {rounds} of {rounds} rounds; " + ", ".join(
        f"{count} {what}" for what, count in found.items()
    )
    yield Report("SIGKILL of everything at a random moment, then again", kills, happened, problems)


def damage_of_copy(database: Path) -> list[str]:
    """Return what is broken in a copy of a database as it was left: a check of the original would repair it."""
    copy = database.with_name("copy.db")
    for suffix in ("", "-wal"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)
        if Path(f"{database}{suffix}").exists():
            shutil.copy(f"{database}{suffix}", f"{copy}{suffix}")
    copy.with_name(copy.name + "-shm").unlink(missing_ok=True)
    return damage(copy)


def _litter(database: Path) -> list[str]:
    left = [file.name for file in database.parent.glob(f"{database.name}?*")]
    return [f"left behind: {left}"] if left else []


def signals(scene: Scene) -> Iterator[Report]:
    """Stop crawls by SIGTERM, Ctrl-C and SIGHUP, and by Ctrl-C twice.

    The signals come while ordinary pages are read, while workers read pages that never end, and while a crawl passes
    over files that have not changed.
    """
    folder, expected = scene.place / "pages", scene.place / "expected.db"
    ordinary_folder(folder, PAGES)
    crawl(folder, expected)
    yield _once(scene, folder, expected)
    yield _in_slow_pages(scene)
    yield _twice(scene, folder)
    yield _among_unchanged(scene)


def _once(scene: Scene, folder: Path, expected: Path) -> Report:
    chance, times, slowest = random.Random(3), scene.times(3, 30), 0.0
    problems, left = [], Counter[int]()
    for attempt in range(times):
        database = scene.place / f"once-{attempt}.db"
        with Crawl(folder, database) as running:
            number = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)[attempt % 3]
            running.wait_for(database, f"SELECT count(*) FROM {'runs' if number == signal.SIGTERM else 'pages'}")
            time.sleep(chance.random())
            clock = time.monotonic()
            running.send(number, whole_group=number != signal.SIGTERM)
            ended = running.end(60)
            slowest = max(slowest, time.monotonic() - clock - ended.starved)
            # A signal that comes before the first page ends the crawl as it ends any program.
            problems += [*ended.problems(0, 3, -signal.SIGTERM), *running.orphans()]
        left[ended.status] += 1
        wanted = {0: "finished", 3: "stopped"}.get(ended.status)
        if (status := rows(database, "SELECT status FROM runs")) != [(wanted,)]:
            problems.append(f"exit status {ended.status}, but the run is {status}")
        problems += damage(database)
        problems += crawl(folder, database).problems(0)
        problems += differences(contents(database), contents(expected))
    problems += [f"took {slowest:.1f} s to stop"] if slowest > STOP_SECONDS else []
    others = ", ".join(f"{status}: {count}" for status, count in sorted(left.items()) if status != 3) or "no other"
    happened = f"status 3 {left[3]} times ({others}), after {slowest:.1f} s at most; the next run goes on"
    return Report("SIGTERM, Ctrl-C, a closed terminal (SIGHUP)", times, happened, problems)


def _in_slow_pages(scene: Scene) -> Report:
    folder, database = scene.place / "slow", scene.place / "slow.db"
    ordinary_folder(folder, 12)
    for number in range(8):
        (folder / f"00003-fault-loop-in-c-{number}").mkdir()
        (folder / f"00003-fault-loop-in-c-{number}" / "fault-loop-in-c.html").write_text(f"<p>{number}")
        (folder / f"00003-fault-loop-in-c-{number}" / "fault-wait.html").write_text(f"<p>wait {number}")
    with Crawl(folder, database, environment=FAULTY) as running:
        running.wait_for(database, "SELECT count(*) FROM pages")
        time.sleep(1)
        clock = time.monotonic()
        running.send(signal.SIGTERM)
        ended = running.end(120)
        seconds = time.monotonic() - clock - ended.starved
        problems = [*ended.problems(3), *running.orphans(), *damage(database)]
    problems += [f"took {seconds:.1f} s to stop"] if seconds > STOP_SECONDS else []
    [(slow,)] = rows(database, "SELECT count(*) FROM pages WHERE path LIKE '%fault-%'")
    problems += [f"{slow} pages that were not read are recorded"] if slow else []
    problems += crawl(folder, database).problems(0)
    happened = f"status 3 after {seconds:.1f} s; pages in flight are left to the next run"
    return Report("SIGTERM while every worker hangs", 1, happened, problems)


def _twice(scene: Scene, folder: Path) -> Report:
    times, slowest = scene.times(2, 20), 0.0
    problems, statuses = [], Counter[int]()
    chance = random.Random(5)
    for attempt in range(times):
        database = scene.place / f"twice-{attempt}.db"
        slow = {} if attempt % 2 else FAULTY
        if slow:
            (folder / "00002-fault-wait.html").write_text("<p>x")
        with Crawl(folder, database, environment=slow) as running:
            running.wait_for(database, "SELECT count(*) FROM runs")
            time.sleep(chance.random())
            running.send(signal.SIGINT, whole_group=True)
            time.sleep(0.3)
            clock = time.monotonic()
            if running.process.poll() is None:
                running.send(signal.SIGINT, whole_group=True)
            ended = running.end(60)
            slowest = max(slowest, time.monotonic() - clock - ended.starved)
            problems += [*ended.problems(0, 3), *running.orphans()]
        statuses[ended.status] += 1
        problems += damage(database)
        (folder / "00002-fault-wait.html").unlink(missing_ok=True)
        problems += crawl(folder, database).problems(0)
    problems += [f"took {slowest:.1f} s to stop"] if slowest > AT_ONCE_SECONDS else []
    happened = f"ended after {slowest:.1f} s at most, status 3 {statuses[3]} times; the database is sound"
    return Report("Ctrl-C twice", times, happened, problems)


def _among_unchanged(scene: Scene) -> Report:
    folder, database, files = scene.place / "unchanged", scene.place / "unchanged.db", scene.times(3_000, 100_000)
    for number in range(files):
        file = folder / f"{number % 100:02}" / f"{number:06}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    problems = crawl(folder, database).problems(0)
    kinds = {"SIGTERM": [signal.SIGTERM], "Ctrl-C": [signal.SIGINT], "SIGTERM twice": [signal.SIGTERM] * 2}
    slowest, statuses = 0.0, Counter[int]()
    for numbers in kinds.values():
        with Crawl(folder, database) as running:
            running.wait_for_handlers()
            time.sleep(scene.times(0, 1))  # a few thousand files are gone through at once
            clock = time.monotonic()
            for number in numbers:
                if running.process.poll() is None:
                    running.send(number, whole_group=number == signal.SIGINT)
            ended = running.end(60)
            slowest = max(slowest, time.monotonic() - clock - ended.starved)
            problems += [*ended.problems(0, 3), *running.orphans(), *damage(database)]
        statuses[ended.status] += 1
    problems += [f"took {slowest:.1f} s to stop"] if slowest > AT_ONCE_SECONDS else []
    problems += crawl(folder, database).problems(0, said=f" {files:,} unchanged")
    happened = f"status 3 {statuses[3]} times, after {slowest:.1f} s at most"
    return Report(f"{', '.join(kinds)} among {files:,} unchanged files", len(kinds), happened, problems)
