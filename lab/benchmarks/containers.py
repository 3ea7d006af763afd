"""What a crawl of containers costs beside a crawl of the same pages as files: throughput, CPU time, memory.

    python -m lab.benchmarks.containers --mb 1000 --forms WARC ZIP MHTML mbox

The pages are made up (`lab.benchmarks.made`) and written as files, and once more in each form. All are crawled in turn,
each round into new databases, and must give the same texts. Memory is sampled four times a second and shown for the
first and the second half of each crawl: where memory is bounded, the second half needs no more than the first. With
`--distinct` the pages repeat themselves, so that a large container costs little but its reading.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import os
import statistics
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from lab.benchmarks import made
from lab.benchmarks.measured import Usage, crawl, descendants, resident_mb
from lab.samples import mhtml, record


@dataclass(slots=True)
class Memory:
    """The memory of a crawl over time: samples of the main process, and of the largest other process, in MB."""

    samples: list[tuple[float, float]] = field(default_factory=list)

    def look(self, pid: int) -> None:
        """Take a sample."""
        others = [0.0]
        for each in descendants(pid):
            with contextlib.suppress(OSError):
                others.append(resident_mb(each))
        self.samples.append((resident_mb(pid), max(others)))

    def course(self) -> str:
        """Return the peaks of the first half and of the second, of the main process and of the others, as cells."""
        middle = len(self.samples) // 2
        halves = [self.samples[:middle] or self.samples, self.samples[middle:]]
        peaks = [[max(column) for column in zip(*half, strict=True)] for half in halves]
        return " | ".join(f"{first:.0f}, {second:.0f}" for first, second in zip(*peaks, strict=True))


def _warc(place: Path, pages: Iterable[bytes]) -> None:
    with open(place, "wb") as out:
        for number, page in enumerate(pages):
            out.write(gzip.compress(record(_address(number), page)))


def _plain_warc(place: Path, pages: Iterable[bytes]) -> None:
    with open(place, "wb") as out:
        out.writelines(record(_address(number), page) for number, page in enumerate(pages))


def _zip(place: Path, pages: Iterable[bytes]) -> None:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, page in enumerate(pages):
            archive.writestr(f"{number:07}.html", page)


def _mhtml(place: Path, pages: Iterable[bytes]) -> None:
    _loose(place, (mhtml(page.decode(), _address(number)) for number, page in enumerate(pages)), "mhtml")


def _mbox(place: Path, pages: Iterable[bytes]) -> None:
    with open(place, "wb") as out:
        for number, page in enumerate(pages):
            out.write(
                b"From post@a.example Thu Feb 29 10:00:00 2024\n" + mhtml(page.decode(), _address(number)) + b"\n\n"
            )


def _loose(place: Path, files: Iterable[bytes], ending: str = "html") -> None:
    for number, body in enumerate(files):
        folder = place / f"{number // 1000:04}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:07}.{ending}").write_bytes(body)


FORMS: dict[str, tuple[str, Callable[[Path, Iterable[bytes]], None]]] = {
    "files": ("files", _loose),
    "WARC": ("pages.warc.gz", _warc),
    "plain WARC": ("pages.warc", _plain_warc),
    "ZIP": ("pages.zip", _zip),
    "MHTML": ("mhtml", _mhtml),
    "mbox": ("pages.mbox", _mbox),
}


def _address(number: int) -> str:
    return f"http://site{number % 50}.example/{number}"


def pages_of(size: int, distinct: int | None) -> Iterator[bytes]:
    """Yield pages of so many bytes; from `distinct` on the first ones come again."""
    number = 0
    kept: list[bytes] = []
    while size > 0:
        if distinct and len(kept) == distinct:
            page = kept[number % distinct]
        else:
            page = made.page(number)
            kept += [page] if distinct else []
        yield page
        size -= len(page)
        number += 1


def write(work: Path, form: str, size: int, distinct: int | None = None) -> Path:
    """Write pages of so many bytes in a form, and return the place."""
    name, writing = FORMS[form]
    writing(work / name, pages_of(size, distinct))
    return work / name


def _texts(database: Path) -> set[str]:
    db = Database(database)
    try:
        return {text for (text,) in db.execute("SELECT text FROM articles")}
    finally:
        db.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mb", type=int, default=100, help="size of the pages, unpacked")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--forms", nargs="+", choices=[*FORMS][1:], default=["WARC"])
    parser.add_argument("--distinct", type=int, help="so many pages, which come again and again")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    return parser.parse_args()


def main() -> None:
    """Run the command."""
    args = _options()
    workers = ("-s", f"WORKERS={args.workers}")
    with tempfile.TemporaryDirectory(prefix="winnow-") as temporary:
        work = Path(temporary)
        sources = {form: write(work, form, args.mb << 20, args.distinct) for form in ("files", *args.forms)}
        pages = sum(1 for _ in sources["files"].rglob("*.html"))
        used: dict[str, list[Usage]] = {form: [] for form in sources}
        memory = {form: Memory() for form in sources}  # of the last round
        for number in range(args.rounds):
            for form, source in sources.items():
                memory[form] = Memory()
                used[form].append(crawl(source, work / f"{form}{number}.db", *workers, look=memory[form].look))
        texts = {form: _texts(work / f"{form}0.db") for form in sources}
        again = {form: crawl(source, work / f"{form}0.db", *workers) for form, source in sources.items()}
    print(f"{pages} pages, {args.mb} MB, {args.workers} workers, medians of {args.rounds}")
    _tell(pages, used, memory)
    print("\n| beside files | CPU | the same texts | once more, unchanged: wall s, CPU s |\n| --- | --- | --- | --- |")
    for form, runs in used.items():
        ratio = statistics.median(run.cpu / files.cpu for run, files in zip(runs, used["files"], strict=True))
        same = "yes" if texts[form] == texts["files"] else "no"
        print(f"| {form} | {ratio:.3f} | {same} | {again[form].wall:.1f}, {again[form].cpu:.1f} |")


def _tell(pages: int, used: dict[str, list[Usage]], memory: dict[str, Memory]) -> None:
    print("\n| | pages/s | CPU ms/page | main process, ms/page | main MB | largest MB | sum MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for form, runs in used.items():
        wall, cpu, main_cpu, main_mb, largest, total = (
            statistics.median(getattr(each, field) for each in runs)
            for field in ("wall", "cpu", "main_cpu", "main_mb", "largest_mb", "sum_mb")
        )
        numbers = f"{pages / wall:.1f} | {1000 * cpu / pages:.2f} | {1000 * main_cpu / pages:.2f}"
        print(f"| {form} | {numbers} | {main_mb:.0f} | {largest:.0f} | {total:.0f} |")
    print("\n| peaks in the first half, in the second | main process, MB | largest other, MB |\n| --- | --- | --- |")
    for form, course in memory.items():
        print(f"| {form} | {course.course()} |")


if __name__ == "__main__":
    main()
