"""Too little of everything: memory, open files, processes."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

from lab.torture.crawls import Crawl, contents, crawl, damage, differences, rows
from lab.torture.pages import ordinary_folder
from lab.torture.report import Report, Scene

PAGES = 20
_LIMITS = {"as": (150_000_000, 300_000_000), "nofile": (10, 60)}  # address space (bytes) and open files of a process


def too_little(scene: Scene) -> Iterator[Report]:
    """Crawl with little address space and few open files for each process, and then without limits."""
    folder, expected = scene.place / "pages", scene.place / "expected.db"
    ordinary_folder(folder, PAGES)
    crawl(folder, expected)
    wanted, tries = contents(expected), scene.times(3, 12)
    for name, (least, most) in _LIMITS.items():
        problems, found, chance = list[str](), Counter[int](), random.Random(name)
        for attempt in range(tries):
            database, limit = scene.place / f"{name}-{attempt}.db", chance.randrange(least, most)
            with Crawl(folder, database, wrapper=["prlimit", f"--{name}={limit}"]) as running:
                ended = running.end(300)  # a worker has two minutes for its first sign of life
                problems += running.orphans()
            if ended.status not in (0, 1, 3, 4):  # Python itself may have no memory left to end without a traceback
                problems += [f"{limit}: status {ended.status}"]
            found[ended.status] += 1
            if database.exists() and rows(database, "SELECT 1 FROM sqlite_master WHERE name = 'runs'"):
                problems += damage(database)
            problems += crawl(folder, database).problems(0)
            problems += differences(contents(database), wanted)
        statuses = ", ".join(f"status {status} {count} times" for status, count in sorted(found.items()))
        what = {"as": "too little memory", "nofile": "too few open files"}[name]
        yield Report(what, tries, f"{statuses}, no hang; complete without the limit", problems)
