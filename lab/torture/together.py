"""Other programs at the database: readers during a crawl, and a second crawl."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from lab.torture.crawls import Crawl, Ended, contents, crawl, damage, differences
from lab.torture.pages import ordinary_folder
from lab.torture.report import Report, Scene

_CONSISTENT = """SELECT
    (SELECT count(*) FROM articles WHERE page_count != (SELECT count(*) FROM pages WHERE article_id = articles.id)),
    (SELECT count(*) FROM pages WHERE article_id IS NOT NULL AND article_id NOT IN (SELECT id FROM articles)),
    (SELECT count(*) FROM pages WHERE text_sha256 IS NOT NULL AND text_sha256 NOT IN (SELECT sha256 FROM texts)),
    (SELECT count(*) FROM articles) - (SELECT count(*) FROM articles_fts)"""


def readers(scene: Scene) -> Iterator[Report]:
    """Read the database all the time during a crawl; one reader holds one snapshot from beginning to end."""
    folder, database = scene.place / "pages", scene.place / "articles.db"
    ordinary_folder(folder, scene.times(150, 1000))
    problems: list[str] = []
    waits: list[float] = []
    with Crawl(folder, database) as running:
        running.wait_for(database, "SELECT count(*) FROM runs")
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as holder:
            holder.execute("BEGIN")
            held = holder.execute("SELECT count(*) FROM pages").fetchone()
            stop = threading.Event()
            reader = threading.Thread(target=_read, args=[database, stop, waits, problems])
            reader.start()
            ended = running.end()
            stop.set()
            reader.join()
            problems += ended.problems(0)
            if holder.execute("SELECT count(*) FROM pages").fetchone() != held:
                problems.append("a snapshot has moved")
    problems += [*crawl(folder, database).problems(0), *damage(database)]
    happened = f"every one consistent, the slowest took {max(waits, default=0):.2f} s; none held up the crawl"
    yield Report("readers during a crawl", len(waits), happened, problems)


def _read(database: Path, stop: threading.Event, waits: list[float], problems: list[str]) -> None:
    while not stop.wait(0.05):
        clock = time.monotonic()
        try:
            with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as db:
                wrong = db.execute(_CONSISTENT).fetchone()
        except sqlite3.Error as error:
            problems.append(f"a reader got: {error}")
            return
        waits.append(time.monotonic() - clock)
        if any(wrong):
            problems.append(f"a reader saw half a page: {wrong}")
            return


def two_runs(scene: Scene) -> Iterator[Report]:
    """Start several crawls into one database at once, some of them under another name of the file."""
    folder, expected = scene.place / "pages", scene.place / "expected.db"
    ordinary_folder(folder, 60)
    crawl(folder, expected)
    wanted, times = contents(expected), scene.times(1, 10)
    problems: list[str] = []
    found: Counter[int] = Counter()
    for attempt in range(times):
        database, alias = scene.place / f"{attempt}.db", scene.place / f"alias-{attempt}.db"
        alias.symlink_to(database)
        crawls = [Crawl(folder, alias if number % 2 else database) for number in range(4)]
        ended: list[tuple[Crawl, Ended]] = []
        for running in crawls:
            with running:
                ended.append((running, running.end()))
                problems += running.orphans()
        winners = [running for running, end in ended if end.status == 0]
        for running, end in ended:
            found[end.status] += 1
            if running not in winners:
                problems += end.problems(1, said="is in use by another run (process ")
        problems += [] if winners else ["no run went through"]
        problems += [*damage(database), *differences(contents(database), wanted)]
    happened = f"{found[0]} went through, {found[1]} ended with status 1 naming the other"
    yield Report("several runs at once on one database", 4 * times, happened, problems)
