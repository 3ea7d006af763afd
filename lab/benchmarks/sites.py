"""What fetching live sites costs, on sites of made-up articles that another process serves on loopback.

    python -m lab.benchmarks.sites --pages 2000 --hosts 20

Bare Scrapy fetches the same addresses in the same run, and does nothing with them: no robots.txt, no discovery, nothing
kept. Then come `crawl sites` of a new ledger, the same on a later night when nothing has changed, and one on which one
article in ten has. Memory is sampled four times a second and shown for the first and the second half of each.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lab.benchmarks.measured import PROJECT, SAMPLE_SECONDS, resident_mb
from lab.live_pages import Content
from lab.live_site import LiveSite
from winnow.sites.ledger import open_ledger, writing

CONTACT = "nobody@winnow.example"
_WEIGHT = 37_000  # bytes of what no packing makes smaller, in each page: with the rest, 30 KB over the wire


@dataclass(frozen=True, slots=True)
class Used:
    """What a command used: CPU seconds, and the highest memory in its first half and its second, in MB."""

    cpu: float
    first_mb: float
    second_mb: float


def measured(command: list[str]) -> Used:
    """Run a command to its end. Exits if it fails."""
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL)
    samples: list[float] = []
    is_over = threading.Event()

    def look() -> None:
        while not is_over.wait(SAMPLE_SECONDS):
            with contextlib.suppress(OSError):
                samples.append(resident_mb(process.pid))

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    _, status, used = os.wait4(process.pid, 0)
    is_over.set()
    watch.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    middle = len(samples) // 2
    halves = samples[:middle] or [0.0], samples[middle:] or [0.0]
    return Used(used.ru_utime + used.ru_stime, *map(max, halves))


class Served:
    """Sites that another process serves; `say` tells that process something, and returns its answer."""

    def __init__(self, hosts: int, pages: int) -> None:
        command = [sys.executable, "-m", __spec__.name, "--serve", "--hosts", str(hosts), "--pages", str(pages)]
        self._process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.urls = self.say("urls").split()

    def say(self, word: str) -> str:
        """Send a word, and return the line that comes back."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin
        assert stdout
        stdin.write(f"{word}\n")
        stdin.flush()
        return stdout.readline().strip()

    def close(self) -> None:
        """End the other process."""
        self._process.communicate()


def serve(hosts: int, pages: int, words: IO[str]) -> None:
    """Serve sites until the words end: `urls`, `addresses`, `sent` (bytes since then), `change` (one in ten)."""
    each = max(pages // hosts, 1)
    contents = [Content(articles=each, weight=_WEIGHT) for _ in range(hosts)]
    with contextlib.ExitStack() as stack:
        sites = [stack.enter_context(LiveSite(made, f"127.0.0.{2 + at}")) for at, made in enumerate(contents)]
        for site in sites:
            site.keeps_bodies = False
        for word in map(str.strip, words):
            match word:
                case "urls":
                    told = " ".join(site.url for site in sites)
                case "addresses":
                    told = " ".join(site.url + place for site, made in zip(sites, contents, strict=True)
                                    for place in made.places())  # fmt: skip
                case "sent":
                    told = str(sum(asked.sent for site in sites for asked in site.forget()))
                case _:
                    for made in contents:
                        made.change(range(1, each + 1, 10))
                    told = "changed"
            print(told, flush=True)


def bare(place: Path) -> None:
    """Fetch the addresses in a file with Scrapy as it comes, one at a time for each host, and drop the answers."""
    from scrapy import Spider  # noqa: PLC0415 (only in the process that is measured)
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415

    class Bare(Spider):
        name = "bare"
        start_urls = place.read_text(encoding="utf-8").split()

        def parse(self, response: object) -> None:
            pass

    settings = {"CONCURRENT_REQUESTS_PER_DOMAIN": 1, "CONCURRENT_REQUESTS": 64, "DOWNLOAD_DELAY": 0}
    process = CrawlerProcess({**settings, "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False})
    process.crawl(Bare)
    process.start()


def night(work: Path) -> Used:
    """Crawl the sites of a ledger, and return what that used."""
    return measured([*_scrapy("crawl", "sites"), *_settings(work)])


def _scrapy(*words: str) -> list[str]:
    return [sys.executable, "-m", "scrapy.cmdline", *words]


def _settings(work: Path) -> list[str]:
    given = {"SITES_FOLDER": work / "sites", "PRIVATE_HOSTS": "127.0.0.0/8", "USER_AGENT_CONTACT": CONTACT, "DELAY": 0}
    return [word for name, value in (given | {"MAX_NEW": 1_000_000}).items() for word in ("-s", f"{name}={value}")]


def _a_day_later(folder: Path) -> None:
    """Make the ledger older, so that all addresses are due again."""
    with contextlib.closing(open_ledger(folder)) as db, writing(db):
        for table in ("urls", "sources", "robots"):
            db.execute(f"update {table} set due = '2000-01-01T00:00:00+00:00' where due is not null")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.warc.gz"))


def _nights(work: Path, served: Served) -> Iterator[str]:
    """Yield a line for each night: CPU, memory, what was received and kept."""
    folder = work / "sites"
    kept = 0
    for name in ("first", "unchanged", "one in ten changed"):
        if name != "first":
            _a_day_later(folder)
        if name == "one in ten changed":
            served.say("change")
        used = night(work)
        with contextlib.closing(open_ledger(folder)) as db:
            run = db.execute("select * from runs order by id desc limit 1").fetchone()
        size = _size(folder)
        sent = int(served.say("sent")) / 1e6
        yield (
            f"| {name} | {run['asked']:,} | {run['new']:,}, {run['changed']:,}, {run['unchanged']:,} |"
            f" {1000 * used.cpu / max(run['asked'], 1):.1f} | {used.first_mb:.0f}, {used.second_mb:.0f} |"
            f" {sent:.1f} | {(size - kept) / 1e6:.2f} |"
        )
        kept = size
    ledger = sum(path.stat().st_size for path in folder.glob("sites.db*"))
    yield f"\nThe ledger takes {ledger / 1e6:.2f} MB after these nights."


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000, help="articles of all sites together")
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3, help="first nights, each beside bare Scrapy")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Run the command."""
    args = _options()
    if args.serve:
        return serve(args.hosts, args.pages, sys.stdin)
    if args.bare:
        return bare(args.bare)
    with (
        tempfile.TemporaryDirectory(prefix="winnow-") as temporary,
        contextlib.closing(Served(args.hosts, args.pages)) as served,
    ):
        addresses = Path(temporary) / "addresses"
        addresses.write_text(served.say("addresses"), encoding="utf-8")
        pages = len(addresses.read_text(encoding="utf-8").split())
        print(f"{pages:,} articles on {len(served.urls)} hosts\n")
        print("| round | bare Scrapy, CPU ms a page | crawl sites, CPU ms a page | ratio |\n| --- | --- | --- | --- |")
        for number in range(args.rounds):
            work = Path(temporary) / f"{number}"
            work.mkdir()
            measured([*_scrapy("sites", "add", *(f"{url}/" for url in served.urls)), *_settings(work)])
            plain = measured([sys.executable, "-m", __spec__.name, "--bare", str(addresses)])
            own = night(work)
            print(f"| {number + 1} | {1000 * plain.cpu / pages:.1f} | {1000 * own.cpu / pages:.1f} |"
                  f" {own.cpu / plain.cpu:.2f} |", flush=True)  # fmt: skip
        work = Path(temporary) / "nights"
        work.mkdir()
        measured([*_scrapy("sites", "add", *(f"{url}/" for url in served.urls)), *_settings(work)])
        served.say("sent")
        print("\n| night | asked | new, changed, unchanged | CPU ms a page | MB of memory, first half, second |"
              " MB sent | MB kept |\n| --- | --- | --- | --- | --- | --- | --- |")  # fmt: skip
        for line in _nights(work, served):
            print(line, flush=True)
    return None


if __name__ == "__main__":
    main()
