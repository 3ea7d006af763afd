"""Read pages on an engine, on one machine or many, into partitioned Parquet.

    python -m winnow.cluster SOURCE… --out DIR [--runner native|ray] [--address HOST:PORT] [--workers N]

A SOURCE is a folder or a file, by path or by URI of an object store (s3://, gs://). A job that was stopped goes on
where it was; `scrapy load DIR` brings the results into a database. Exit status: 0 every page has its outcome, 1 the
job could not start, 3 the job was stopped or the engine failed (run it again to go on), 4 some pages failed inside
Winnow.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

from winnow.archive.lock import RunLock
from winnow.cluster.engine import start
from winnow.corrections import read_file, read_lines
from winnow.items import MAX_PAGE_BYTES, Reason, StartError, WinnowError
from winnow.kinds import check_kinds
from winnow.runs.counts import Counts, skipped_told
from winnow.sources.containers.jsonl import check_fields


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(
        "python -m winnow.cluster", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", nargs="+", metavar="SOURCE")
    parser.add_argument("--out", required=True, metavar="DIR", help="folder or URI for the results")
    parser.add_argument("--runner", choices=("native", "ray"), default="native", help="one machine, or a Ray cluster")
    parser.add_argument("--address", metavar="HOST:PORT", help="of the Ray cluster; default: start a cluster here")
    parser.add_argument("--workers", type=int, default=0, metavar="N", help="workers of each machine; 0: one a core")
    parser.add_argument("--shard-pages", type=int, default=1000, metavar="N", help="files that are read together")
    parser.add_argument("--bucket-pages", type=int, default=20_000, metavar="N", help="pages decided in one process")
    parser.add_argument("--max-page-bytes", type=int, default=MAX_PAGE_BYTES, metavar="N", help="reject larger pages")
    parser.add_argument("--fields", metavar="JSON", default="{}", help="names of the fields of JSON Lines")
    kinds = "kinds of pages that make articles, such as article,discussion; default: all"
    parser.add_argument("--kinds", metavar="KINDS", default="all", help=kinds)
    parser.add_argument("--keep-comments", action="store_true", help="keep the comments below an article in its text")
    told = "what persons have said of pages, as `scrapy correct --export` writes it"
    parser.add_argument("--corrections", metavar="FILE", help=told)
    parser.add_argument("--verbose", action="store_true", help="print progress also where there is no terminal")
    given = parser.parse_args(arguments)
    say = partial(print, file=sys.stderr, flush=True) if given.verbose or sys.stderr.isatty() else logging.debug
    logging.basicConfig(format="winnow: %(message)s", level=logging.WARNING)
    begin = time.monotonic()
    try:
        fields = check_fields(given.fields, "--fields")
        start(given.runner, given.address)
        module = import_module("winnow.cluster.job")  # imports daft, which `start` has looked for
        out = given.out if "://" in given.out else os.path.abspath(os.path.expanduser(given.out))
        sizes = given.shard_pages, given.bucket_pages, given.max_page_bytes
        corrections = tuple(read_file(given.corrections, read_lines)) if given.corrections else ()
        wanted = check_kinds(given.kinds, "--kinds"), given.keep_comments, corrections
        job = module.ClusterJob(out, given.workers, *sizes, fields, *wanted)
        with locked(out), stoppable():
            endings = job.run(given.sources, say)
    except WinnowError as error:
        print(f"winnow: {error}", file=sys.stderr)
        return 1 if isinstance(error, StartError) else 3
    print(summary(endings, job.skipped(), time.monotonic() - begin, given.out))
    return 4 if any(Reason(reason).is_failure for reason in endings) else 0


@contextlib.contextmanager
def locked(out: str) -> Iterator[None]:
    """Keep a second job out of a local folder, which raises `StartError`; an object store knows no locks."""
    if "://" in out:
        yield
        return
    try:
        os.makedirs(out, exist_ok=True)
    except OSError as error:
        raise StartError(f"{out} cannot be written: {error.strerror}") from None
    lock = RunLock(Path(out) / "job")
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """End the process with status 3 at Ctrl-C or SIGTERM. Files stay; unwinding the engine would abort the process."""

    def stop(_number: int, _frame: object) -> None:
        print("winnow: stopped, run again to go on", file=sys.stderr, flush=True)
        os._exit(3)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def summary(endings: Counter[str], skipped: Counter[str], seconds: float, out: str) -> str:
    """Return a few lines that say what became of the pages, and what was passed over, given their numbers by reason."""
    pages = endings.total()
    counts = Counts(pages, reasons=Counter({Reason(reason): count for reason, count in sorted(endings.items())}))
    ended = ", ".join(f"{counts.row()[name]:,} {name}" for name in ("new", "changed", "duplicates", "rejected"))
    first = f"{pages:,} pages in {seconds:.1f} s ({pages / seconds:,.1f} a second): {ended}"
    results = f"  results: {out} (load them with `scrapy load {out}`)"
    return "\n".join([first, *counts.told(), *skipped_told(skipped), results])


if __name__ == "__main__":
    sys.exit(main())
