"""Measure the metadata of labelled HTML pages: right, wrong and null per field, beside trafilatura.

    python -m lab.benchmarks.metadata_quality --data FOLDER [--limit N]

FOLDER holds `wcxb-dev/` or `wcxb-dev.tar.gz` (WCXB, https://github.com/Murrough-Foley/web-content-extraction-benchmark):
`ground-truth/ID.json` and `html/ID.html.gz`. A title is right when its words are the label's; a date when it is the
same day; an author when one of the two names contains the other. `names` counts an author as right as well when the
same people are named with other joining words (`A and B`, `A; B`). `invented` is an answer where the label has none.
`published` counts dates without the pages whose label is a day that their code states as that of a change and not as
that of publication: a reader saw `updated`, but it is no day of publication.
The sites are split into two halves by a hash of their domain, so that rules made on one half can be checked on the
other. CPU time is for a parsed tree; parsing is the same for both.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tarfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura.metadata import extract_metadata

from lab.training.likeness import normal
from winnow.read.metadata import read_metadata

FIELDS = ("title", "date", "published", "author", "names")
_STATED = r'(?i)["\'](?:[\w:]*(?:{})[\w:]*)\\*["\'][^<>]{{0,20}}?["\']\\*["\']?((?:19|20)\d\d-\d\d-\d\d)'
_CHANGED = re.compile(_STATED.format("modified|updated_time").encode())
_PUBLISHED = re.compile(_STATED.format("published|datecreated").encode())
Answer = tuple[str | None, str | None, str | None]


class Page(NamedTuple):
    """A labelled page."""

    url: str
    html: bytes
    title: str | None
    author: str | None
    date: str | None


def read_pages(folder: Path) -> Iterator[Page]:
    """Yield the labelled pages in the order of their ids."""
    root = folder / "wcxb-dev"
    if root.is_dir():
        files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.glob("*/*") if path.is_file()}
    else:
        with tarfile.open(folder / "wcxb-dev.tar.gz") as archive:
            members = [member for member in archive if member.isfile()]
            files = {"/".join(member.name.split("/")[-2:]): archive.extractfile(member).read() for member in members}  # type: ignore[union-attr]
    for name in sorted(files):
        if name.startswith("ground-truth/") and name.endswith(".json"):
            label = json.loads(files[name])
            truth = label["ground_truth"]
            html = gzip.decompress(files[f"html/{label['file_id']}.html.gz"])
            yield Page(label["url"], html, truth.get("title"), truth.get("author"), truth.get("publish_date"))


def verdicts(page: Page, answer: Answer) -> dict[str, str]:
    """Return right, wrong, null, invented or absent (nothing stated, nothing answered) for each field."""
    title, date, author = answer
    told, given = normal(page.author), normal(author)
    people = [sorted(set(normal(text).split()) - {"and", "with"}) for text in (page.author, author)]
    day = (page.date or "")[:10].encode()
    changed = day in _CHANGED.findall(page.html) and day not in _PUBLISHED.findall(page.html)
    same = bool(given) and (given == told or given in told or told in given)
    dated = _verdict((page.date or "")[:10], (date or "")[:10], (page.date or "")[:10] == (date or "")[:10])
    return {
        "title": _verdict(normal(page.title), normal(title), normal(page.title) == normal(title)),
        "date": dated,
        "published": "left out" if changed else dated,
        "author": _verdict(told, given, same),
        "names": _verdict(told, given, same or people[0] == people[1]),
    }


def _verdict(label: str, answer: str, right: bool) -> str:
    if not label:
        return "invented" if answer else "absent"
    return "null" if not answer else "right" if right else "wrong"


def winnow(tree: HtmlElement) -> Answer:
    """Return the metadata that Winnow reads from a page."""
    found = read_metadata(tree)
    return found.title, found.date, found.author


def trafilatura(tree: HtmlElement) -> Answer:
    """Return the metadata that trafilatura reads from a page by default."""
    found = extract_metadata(tree)
    return found.title, found.date, found.author


def half_of(url: str) -> int:
    """Return the half, 0 or 1, that the domain of an address belongs to."""
    return zlib.crc32(".".join((urlsplit(url).hostname or "").split(".")[-2:]).encode()) % 2


def measure(pages: list[Page], read: Callable[[HtmlElement], Answer]) -> tuple[dict[int, Counter[str]], float]:
    """Return the verdicts by half and the CPU milliseconds a page."""
    counts: dict[int, Counter[str]] = {0: Counter(), 1: Counter()}
    spent = 0.0
    for page in pages:
        tree = document_fromstring(page.html, parser=HTMLParser(encoding="utf-8"))
        start = time.process_time()
        answer = read(tree)
        spent += time.process_time() - start
        for field, verdict in verdicts(page, answer).items():
            counts[half_of(page.url)][f"{field} {verdict}"] += 1
    return counts, 1000 * spent / max(1, len(pages))


def report(name: str, counts: Counter[str]) -> None:
    """Print one line for each field."""
    for field in FIELDS:
        right, wrong, null, invented, absent = (
            counts[f"{field} {verdict}"] for verdict in ("right", "wrong", "null", "invented", "absent")
        )
        stated, answered = right + wrong + null or 1, right + wrong + invented or 1
        line = f"{name:24} {field:7} right {right / stated:.3f} wrong {wrong / stated:.3f} null {null / stated:.3f}"
        print(f"{line}  invented {invented}/{invented + absent}  precision {right / answered:.3f}")


def main() -> None:
    """Measure both readers and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with wcxb-dev/ or wcxb-dev.tar.gz")
    parser.add_argument("--limit", type=int, help="only the first pages")
    arguments = parser.parse_args()
    pages = list(read_pages(arguments.data))[: arguments.limit]
    readers = {"winnow": winnow, "trafilatura": trafilatura}
    warm = document_fromstring(pages[0].html, parser=HTMLParser(encoding="utf-8"))
    for read in readers.values():
        read(warm)
    for name, read in readers.items():
        counts, spent = measure(pages, read)
        report(f"{name}, all", counts[0] + counts[1])
        for half in counts:
            report(f"{name}, half {half}", counts[half])
        print(f"{name}: {spent:.2f} ms CPU a page on {len(pages)} parsed pages")


if __name__ == "__main__":
    main()
