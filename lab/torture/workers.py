"""All faults of workers: pages that kill, hang or fill their worker, workers killed from outside, failing starts."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator

from lab.torture.crawls import Crawl, contents, crawl, damage, differences, rows
from lab.torture.faulty_work import FAULTS
from lab.torture.pages import ordinary_folder
from lab.torture.report import Report, Scene

FAULTY = {"SCRAPY_SETTINGS_MODULE": "lab.torture.faulty_settings"}
_PROSE = "<p>The harbour council met on the river and spoke of the old bridge and its market garden. "
_EXPECTED = {"loop-in-python": "time limit", "loop-in-c": "time limit", "wait": "time limit", "memory": "memory limit"}


def faulty_pages(scene: Scene) -> Iterator[Report]:
    """Crawl pages with faults among good ones: only those are rejected, and a later run reads them without faults."""
    folder, database = scene.place / "pages", scene.place / "articles.db"
    ordinary_folder(folder, 24)
    crawl(folder, expected := scene.place / "expected.db")
    times = scene.times(1, 5)
    for number in range(times):
        for name in FAULTS:
            page = _PROSE + f"{name} {number} " + " ".join(f"word{i}{name[:2]}{number}" for i in range(60))
            target = folder / f"{len(name):05}-{number}"
            target.mkdir(exist_ok=True)
            (target / f"fault-{name}.html").write_text(page * 3)
    limits = ("-s", "PAGE_CPU_SECONDS=2", "-s", "PAGE_WALL_SECONDS=20", "-s", "WORKERS=2")
    with Crawl(folder, database, *limits, environment=FAULTY) as running:
        ended = running.end()
        problems = [*ended.problems(4), *running.orphans()]
    good = "SELECT path, reason, text_sha256 FROM pages WHERE path NOT LIKE '%fault-%'"
    missing = set(rows(expected, good)) - set(rows(database, good))
    problems += [f"good pages beside the faulty ones did not arrive: {sorted(missing)}"] if missing else []
    for name in FAULTS:
        found = rows(database, f"SELECT reason, detail FROM pages WHERE path LIKE '%/fault-{name}.html'")
        wanted = _EXPECTED.get(name, "crashed")
        if len(found) != times or {reason for reason, _ in found} != {wanted}:
            problems.append(f"{name}: {found}, not {times} times {wanted}")
    reasons = rows(database, "SELECT reason, count(*) FROM pages WHERE path LIKE '%fault-%' GROUP BY 1 ORDER BY 2 DESC")
    again = crawl(folder, database)
    problems += [*again.problems(0), *damage(database)]
    crawl(folder, expected)
    problems += differences(_texts(contents(database)), _texts(contents(expected)))
    happened = f"alone rejected ({', '.join(f'{count} {reason}' for reason, count in reasons)}), read by the next run"
    yield Report("pages that kill, hang, loop, fill, confuse a worker", len(FAULTS) * times, happened, problems)


def _texts(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {"texts": found["texts"]}


def killed_workers(scene: Scene) -> Iterator[Report]:
    """Kill busy and idle workers from outside at random moments, and sometimes the fork server."""
    folder, database = scene.place / "pages", scene.place / "articles.db"
    ordinary_folder(folder, scene.times(120, 600))
    crawl(folder, expected := scene.place / "expected.db")
    chance, killed = random.Random(4), 0
    with Crawl(folder, database, "-s", "WORKERS=3") as running:
        running.wait_for(database, "SELECT count(*) FROM pages")
        while running.process.poll() is None:
            workers = running.workers()
            if chance.random() < 0.1:
                workers = running.fork_servers()
            if workers:
                number = chance.choice([signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
                try:
                    os.kill(chance.choice(workers), number)
                    killed += 1
                except ProcessLookupError:
                    pass
            time.sleep(chance.random() * 1.5)
        ended = running.end()
        problems = [*ended.problems(0, 4), *running.orphans()]
    [(crashed,)] = rows(database, "SELECT count(*) FROM pages WHERE reason = 'crashed'")
    problems += [] if (ended.status == 4) == bool(crashed) else [f"status {ended.status} with {crashed} crashed pages"]
    problems += crawl(folder, database).problems(0)
    problems += damage(database)
    if crashed == 0:
        problems += differences(contents(database), contents(expected))
    [(pages,)] = rows(database, "SELECT count(*) FROM pages")
    happened = (
        f"{pages - crashed} pages read all the same, {crashed} rejected after two deaths and read by the next run"
    )
    yield Report("workers and fork servers killed from outside", killed, happened, problems)


def broken_start(scene: Scene) -> Iterator[Report]:
    """Start crawls whose workers' module is missing, or fails when it is imported."""
    folder, database = scene.place / "pages", scene.place / "articles.db"
    ordinary_folder(folder, 6)
    problems = []
    cases = [
        ({**FAULTY, "TORTURE_WORK": "lab.torture.no_such_module"}, "No module named"),
        ({**FAULTY, "TORTURE_WORK": "lab.torture.broken_work"}, "a worker process cannot start"),
    ]
    for environment, said in cases:
        with Crawl(folder, database, environment=environment) as running:
            ended = running.end(90)
            ended.err = ended.err[ended.err.find("winnow: ") :]  # before it, the fork server may have shown the place
            problems += [*ended.problems(1, said=said), *running.orphans()]
    problems += crawl(folder, database).problems(0)
    yield Report("workers that cannot start", len(cases), "status 1 and one line with the reason; no hang", problems)
