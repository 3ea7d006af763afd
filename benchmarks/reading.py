"""The reading room on a large archive: the time that each page takes over HTTP.

    python -m benchmarks.reading --articles 100000 --database FILE [--words 400] [--while-crawling]

FILE is made with so many invented articles unless it is there. Each page is asked for once to warm up, then nine times;
the figure is the median. With --while-crawling, `scrapy crawl` reads made-up pages into a copy of it meanwhile.
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
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks import made
from benchmarks.made_archive import make

PROJECT = Path(__file__).resolve().parent.parent
REPEATS = 9
QUESTIONS = (
    "new_since?since=2026-02", "changed_articles", "most_captured", "sites_by_duplicates", "least_alike",
    "rejected_by_reason", "without_date_or_author", "per_month", "last_runs", "failed_pages",
)  # fmt: skip


def addresses(database: Path) -> list[str]:
    """Give the pages to time; searches for words that are in nearly all, some and few articles."""
    with contextlib.closing(sqlite3.connect(database)) as db:
        words = db.execute("SELECT text FROM articles WHERE id = 77").fetchone()[0].lower().replace(".", "").split()
        sql = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
        ranked = sorted(set(words[:80]), key=lambda word: -int(db.execute(sql, [f'"{word}"']).fetchone()[0]))
        site = db.execute("SELECT hostname FROM articles WHERE id = 77").fetchone()[0]
    common, second, middle, rare = ranked[0], ranked[1], ranked[len(ranked) // 2], ranked[-1]
    searches: list[dict[str, str]] = [
        {"q": common}, {"q": f"{common} {second}"}, {"q": f'"{common} {second}"'}, {"q": middle}, {"q": rare},
        {"q": f"{middle} {common}"}, {"q": f"{middle} OR {rare}"}, {"q": f"{common} -{second}"},
        {"q": common, "site": site}, {"q": common, "site": "site77.example"},
        {"q": common, "language": "fr", "year": "2017"},
        {"q": middle, "section": "Sport"}, {"q": common, "sort": "newest", "page": "50"}, {}, {"site": site},
        {"language": "fr", "section": "Sport"}, {"year": "2019"}, {"page": "50"},
    ]  # fmt: skip
    name = database.stem
    return [
        "/", *[f"/search?{urllib.parse.urlencode(search)}" for search in searches], f"/{name}/articles/101",
        "/compare?article=101", "/pages", "/pages?reason=new&before=5000", "/pages?path=site1.example/3",
        "/pages?run=1", "/duplicates", "/rejected", f"/{name}/pages/777", "/runs",
        f"/{name}/runs/1", f"/{name}/runs/9", "/dashboard",
        "/questions", f"/{name}", f"/{name}/articles", f"/{name}/pages", f"/{name}/runs",
        *[f"/{name}/{question}" for question in QUESTIONS],
    ]  # fmt: skip


@contextlib.contextmanager
def served(database: Path) -> Iterator[str]:
    """Serve a database as `make browse` does; give the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "datasette", str(database), "-m", "metadata.yaml", "--template-dir", "templates",
        "--plugins-dir", "plugins", "--setting", "suggest_facets", "off", "--port", str(port),
    ]  # fmt: skip
    child = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while child.poll() is None:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/-/versions.json").close()
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        child.terminate()
        child.wait()


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
    """Give the number of pages that the last run has written; 0 before its first batch."""
    with contextlib.closing(sqlite3.connect(database)) as db:
        return int(db.execute("SELECT new FROM runs ORDER BY id DESC LIMIT 1").fetchone()[0])


def timed(url: str) -> tuple[int, float]:
    """Ask for a page; give its status and the milliseconds."""
    begun = time.perf_counter()
    try:
        with urllib.request.urlopen(url) as answer:
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    return status, (time.perf_counter() - begun) * 1000


def measure(database: Path) -> None:
    """Time every page and print the medians, slowest last."""
    pages, medians = addresses(database), {}
    with served(database) as base:
        for page in pages:
            first = timed(base + page)
            times = [timed(base + page) for _ in range(REPEATS)]
            statuses = sorted({status for status, _ in [first, *times]})
            medians[page] = statistics.median(taken for _, taken in times)
            print(f"{medians[page]:8.1f} ms  first {first[1]:8.1f}  {statuses}  {page}", flush=True)
    slowest = max(medians, key=lambda page: medians[page])
    print(f"median page {statistics.median(medians.values()):.0f} ms, slowest {medians[slowest]:.0f} ms: {slowest}")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=400, help="of each article")
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--while-crawling", action="store_true")
    parser.add_argument("--pages", type=int, default=20_000, help="to crawl meanwhile; too few end too early")
    args = parser.parse_args()
    if not args.database.exists():
        make(args.database, args.articles, args.words)
    if args.while_crawling:
        measure_while_crawling(args.database, args.pages)
    else:
        measure(args.database)


def measure_while_crawling(database: Path, pages: int) -> None:
    """Time every page of a copy while a crawl writes to it; leave the program if the crawl ends too early."""
    copy = database.with_name(f"{database.stem}-crawled.db")
    shutil.copy(database, copy)
    try:
        with crawled(copy, pages) as crawl:
            known = written(copy)
            while crawl.poll() is None and written(copy) in (0, known):
                time.sleep(0.5)
            before, begun = written(copy), time.perf_counter()
            measure(copy)
            seconds, count = time.perf_counter() - begun, written(copy) - before
            if crawl.poll() is not None:
                sys.exit(f"the crawl ended before the last page was timed, with status {crawl.returncode}")
            print(f"the crawl wrote {count} articles meanwhile, {count / seconds:.0f} a second")
    finally:
        for path in copy.parent.glob(f"{copy.name}*"):
            path.unlink()


if __name__ == "__main__":
    main()
