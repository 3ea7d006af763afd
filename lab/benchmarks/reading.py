"""The reading room on a large archive: the time that each page takes over HTTP.

    python -m lab.benchmarks.reading --articles 100000 --database FILE [--words 400] [--copies 0] [--while-crawling]

FILE is made with so many invented articles unless it is there, some of them marked; with --copies, these are copied so
many times, which takes less time than more articles would. Each page is asked for once to warm up, then nine times;
printed are the median of the time and the mean of the server's CPU time, which a busy machine changes less, and both
for the first page that is asked for after a start. With --while-crawling, also those of a copy into which `scrapy
crawl` reads made-up pages meanwhile. Linux only.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from lab.benchmarks import made
from lab.benchmarks.made_archive import copy, make, mark
from lab.benchmarks.measured import PROJECT, cpu_seconds

REPEATS = 9
TABLES = ("articles", "pages", "runs", "revisions", "texts", "extractions", "containers", "articles_fts")
QUESTIONS = (
    "with_words?words=WORD", "new_since?since=2026-02", "changed_articles", "most_captured", "sites_by_duplicates",
    "least_alike", "rejected_by_reason", "without_date_or_author", "per_month", "last_runs", "failed_pages",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a page of the room took, in milliseconds; `statuses` are all HTTP statuses that came back."""

    first: float
    median: float
    cpu: float
    statuses: list[int]


def addresses(database: Path) -> list[str]:
    """Return the pages to time, with searches for words that are in nearly all, some and few articles."""
    name = database.stem
    with contextlib.closing(sqlite3.connect(database)) as db:
        searches = list(_searches(db))
        common = searches[0]["q"]
        changed = db.execute("SELECT max(article_id) FROM revisions").fetchone()[0]
        captured = db.execute("SELECT id FROM articles ORDER BY page_count DESC LIMIT 1").fetchone()[0]
        rejected = db.execute("SELECT max(id) FROM pages WHERE outcome = 'rejected'").fetchone()[0]
        digest = db.execute("SELECT p.sha256 FROM articles a JOIN pages p ON p.id = a.page_id LIMIT 1").fetchone()[0]
        runs = db.execute("SELECT min(id), max(id) FROM runs").fetchone()
    return [
        "/", *[f"/search?{urlencode(search)}" for search in searches],
        f"/search.json?q={common}", f"/search.atom?q={common}",
        f"/{name}/articles/101", f"/{name}/articles/{captured}", f"/compare?article={changed}",
        f"/{name}/articles/101?{urlencode({'in': f'q={common}', 'n': 20})}", f"/{name}/articles/101/lead",
        f"/a/{digest}", f"/a/{digest}.bib", "/marks", "/marks?what=starred&tag=made", "/marks.jsonl",
        "/search?starred=1",
        "/pages", "/pages?reason=new&before=5000", "/pages?path=site1.example/3", f"/pages?run={runs[0]}",
        f"/pages?article={captured}", "/duplicates", "/duplicates?reason=near-duplicate", "/rejected",
        "/rejected?reason=no+article", f"/{name}/pages/777", f"/{name}/pages/{rejected}",
        "/runs", *[f"/{name}/runs/{run}" for run in runs], "/dashboard", "/questions", "/corrections",
        f"/{name}", *[f"/{name}/{table}" for table in TABLES], f"/{name}/articles/101.json",
        *[f"/{name}/{question.replace('WORD', common)}" for question in QUESTIONS],
    ]  # fmt: skip


def _searches(db: sqlite3.Connection) -> Iterator[Mapping[str, str]]:
    text, site = db.execute("SELECT text, hostname FROM articles WHERE language = 'en' AND id >= 77").fetchone()
    sql = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
    words = set(text.lower().replace(".", "").split()[:80])
    ranked = sorted(words, key=lambda word: -int(db.execute(sql, [f'"{word}"']).fetchone()[0]))
    common, second, middle, rare = ranked[0], ranked[1], ranked[len(ranked) // 2], ranked[-1]
    yield from [{"q": word} for word in (common, middle, rare)]
    yield from [{"q": f"{common} {second}"}, {"q": f'"{common} {second}"'}, {"q": f"{middle} {common}"}]
    yield from [{"q": f"{middle} OR {rare}"}, {"q": f"{common} -{second}"}, {"q": f"{common} -{middle} -{rare}"}]
    yield from [{"q": f"{common[:length]}*"} for length in (1, 2, 4)]
    yield from [{"q": f"{middle} -{common[:2]}*"}, {"q": f'"{common} {second}" -{middle}', "language": "en"}]
    for language, cut in (("ru", " "), ("ja", ".")):
        (text,) = db.execute("SELECT text FROM articles WHERE language = ? LIMIT 1", [language]).fetchone()
        word = text.partition(cut)[0].strip(".")
        yield from [{"q": word[:2] if language == "ja" else word}, {"q": f"{word[:2]}*", "language": language}]
    yield from [{"q": common, "site": site}, {"q": common, "site": "site77.example"}, {"q": common, "year": "2019"}]
    yield from [{"q": common, "language": "fr"}, {"q": common, "section": "Sport"}, {"q": middle, "section": "Sport"}]
    yield from [{"q": common, "language": "fr", "year": "2017", "section": "Sport", "site": site}]
    yield from [{"q": common, "language": "fr", "year": "2017"}, {"q": common, "sort": "newest", "page": "50"}]
    yield from [{}, {"site": site}, {"section": "Sport"}, {"language": "fr"}, {"year": "2019"}, {"page": "50"}]
    yield from [{"language": "fr", "section": "Sport"}, {"q": "zzzzzz"}, {"q": "zzzzzz", "language": "fr"}]
    (author,) = db.execute("SELECT author FROM articles WHERE author IS NOT NULL ORDER BY id DESC LIMIT 1").fetchone()
    yield from [
        {"q": f'{common} author:"{author}"'},
        {"author": author},
        {"q": f"{common} -author:{author.split()[0]}"},
    ]
    yield from [
        {"q": f"{common} after:2018-03 before:2019"},
        {"q": common, "sort": "date"},
        {"q": f"{middle} {rare} zzzz"},
    ]
    yield from [{"corrected": "1"}, {"q": f"{common} -site:{site}"}, {"q": common, "since": "2026-02"}]


def served_with() -> list[str]:
    """Return the options with which `make browse` serves a database."""
    settings = ("suggest_facets", "off"), ("sql_time_limit_ms", "5000")
    return ["-m", "metadata.yaml", *[word for setting in settings for word in ("--setting", *setting)]]


@contextlib.contextmanager
def serving(database: Path) -> Iterator[tuple[str, int]]:
    """Serve a database as `make browse` does; yield the address and the number of the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", str(database.resolve()), *served_with(), "--port", str(port)]
    child = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while child.poll() is None:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/-/versions.json").close()
                break
            time.sleep(0.1)
        if child.poll() is not None:
            sys.exit(f"datasette did not start: status {child.returncode}")
        yield f"http://127.0.0.1:{port}", child.pid
    finally:
        child.terminate()
        child.wait()


@contextlib.contextmanager
def served(database: Path) -> Iterator[str]:
    """Serve a database as `make browse` does; yield the address."""
    with serving(database) as (address, _):
        yield address


@contextlib.contextmanager
def crawled(database: Path, pages: int) -> Iterator[subprocess.Popen[bytes]]:
    """Crawl made-up pages into a database while the block runs; the pages are small, so that many are written."""
    with tempfile.TemporaryDirectory() as folder:
        made.write(Path(folder), range(pages), small=True)
        command = [sys.executable, "-m", "scrapy.cmdline", "crawl", "seeds", "-a", f"path={folder}"]
        child = subprocess.Popen([*command, "-s", f"DATABASE={database}"], cwd=PROJECT, stdout=subprocess.DEVNULL)
        try:
            yield child
        finally:
            child.terminate()
            child.wait()


def written(database: Path) -> int:
    """Return the number of pages that the last run has written; 0 before its first batch."""
    with contextlib.closing(sqlite3.connect(database)) as db:
        return int(db.execute("SELECT new FROM runs ORDER BY id DESC LIMIT 1").fetchone()[0])


def measure(database: Path, pages: list[str]) -> dict[str, Timing]:
    """Return the time of every page."""
    with serving(database) as (base, server):
        return {page: _timing(base + page, server) for page in pages}


def first_after_start(database: Path, page: str) -> tuple[float, float]:
    """Return the milliseconds, and those of the server's CPU, that a page takes as the first after a start."""
    with serving(database) as (base, server):
        before = cpu_seconds(server)
        return _asked(base + page)[1], (cpu_seconds(server) - before) * 1000


def _timing(url: str, server: int) -> Timing:
    first = _asked(url)
    before = cpu_seconds(server)
    answers = [_asked(url) for _ in range(REPEATS)]
    cpu = (cpu_seconds(server) - before) / REPEATS * 1000
    statuses = sorted({status for status, _ in [first, *answers]})
    return Timing(first[1], statistics.median(taken for _, taken in answers), cpu, statuses)


def _asked(url: str) -> tuple[int, float]:
    begun = time.perf_counter()
    try:
        with urllib.request.urlopen(url) as answer:
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    return status, (time.perf_counter() - begun) * 1000


def measure_while_crawling(database: Path, pages: int) -> dict[str, Timing]:
    """Return the time of every page of a copy while a crawl writes to it. Exits if the crawl ends too early."""
    copy = database.with_name(f"{database.stem}-crawled.db")
    shutil.copy(database, copy)
    try:
        with crawled(copy, pages) as crawl:
            known = written(copy)
            while crawl.poll() is None and written(copy) in (0, known):
                time.sleep(0.5)
            before, begun = written(copy), time.perf_counter()
            timings = measure(copy, addresses(copy))
            seconds, count = time.perf_counter() - begun, written(copy) - before
            if crawl.poll() is not None:
                sys.exit(f"the crawl ended before the last page was timed, with status {crawl.returncode}")
            print(f"the crawl wrote {count} articles meanwhile, {count / seconds:.0f} a second")
    finally:
        for path in copy.parent.glob(f"{copy.name}*"):
            path.unlink()
    return timings


def report(*measured: dict[str, Timing]) -> None:
    """Print a row for each page, and the median and the slowest page; beside a crawl in columns of their own."""
    print("     ms  CPU ms   first  " * len(measured) + "page")
    for row in zip(*(timings.items() for timings in measured), strict=True):
        for _, taken in row:
            print(f"{taken.median:7.1f} {taken.cpu:7.1f} {taken.first:7.1f}", end="  ")
        failed = [status for _, taken in row for status in taken.statuses if status != 200]
        print(row[0][0], *([f"ANSWERED {failed}"] if failed else []))
    for timings in measured:
        slowest = max(timings, key=lambda page: timings[page].median)
        median, cpu = (
            statistics.median(taken) for taken in zip(*((t.median, t.cpu) for t in timings.values()), strict=True)
        )
        most = max(timings.values(), key=lambda taken: taken.cpu)
        print(f"median page {median:.0f} ms, slowest {timings[slowest].median:.0f} ms: {slowest}", end="; ")
        print(f"CPU median {cpu:.0f} ms, most {most.cpu:.0f} ms")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=400, help="of each article")
    parser.add_argument("--copies", type=int, default=0, help="of all articles that are made")
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--while-crawling", action="store_true")
    parser.add_argument("--pages", type=int, default=20_000, help="to crawl meanwhile; too few end too early")
    args = parser.parse_args()
    if not args.database.exists():
        make(args.database, args.articles, args.words)
        if args.copies:
            copy(args.database, args.copies)
        mark(args.database)
    for page in ("/", "/search"):
        taken, cpu = first_after_start(args.database, page)
        print(f"first after a start: {taken:.0f} ms, CPU {cpu:.0f} ms: {page}", flush=True)
    measured = [measure(args.database, addresses(args.database))]
    if args.while_crawling:
        measured.append(measure_while_crawling(args.database, args.pages))
    report(*measured)


if __name__ == "__main__":
    main()
