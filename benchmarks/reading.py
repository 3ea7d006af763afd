"""The reading room on a large archive: the time that each page takes over HTTP.

    python -m benchmarks.reading --articles 100000 --database FILE [--words 400] [--while-writing]

FILE is made with so many invented articles unless it is there. Each page is asked for once to warm up, then nine times;
the figure is the median. With --while-writing, a process keeps writing batches to a copy of it meanwhile.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

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


def write(database: Path) -> None:
    """Write as a crawl does, a batch of a hundred pages a second, until ended."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None, timeout=60)) as db:
        db.execute("INSERT INTO runs (started, settings, versions) VALUES (datetime('now'), '{}', '{}')")
        for batch in range(10**6):
            db.execute("BEGIN IMMEDIATE")
            db.execute(
                """INSERT INTO articles (title, text, word_count, hostname, date, first_seen, last_seen)
                    SELECT title || ' again', text, word_count, hostname, date, datetime('now'), datetime('now')
                    FROM articles WHERE id BETWEEN ? AND ?""",
                [batch * 100 + 1, batch * 100 + 100],
            )
            db.execute("UPDATE runs SET new = new + 100, pages = pages + 100 WHERE id = (SELECT max(id) FROM runs)")
            db.execute("COMMIT")
            time.sleep(1)


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
    parser.add_argument("--while-writing", action="store_true")
    args = parser.parse_args()
    if not args.database.exists():
        make(args.database, args.articles, args.words)
    if not args.while_writing:
        measure(args.database)
        return
    copy = args.database.with_name(f"{args.database.stem}-written.db")
    shutil.copy(args.database, copy)
    writer = multiprocessing.Process(target=write, args=(copy,), daemon=True)
    writer.start()
    try:
        measure(copy)
    finally:
        writer.terminate()
        writer.join()
        for path in copy.parent.glob(f"{copy.name}*"):
            path.unlink()


if __name__ == "__main__":
    main()
