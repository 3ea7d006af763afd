"""Near-duplicates: how well Winnow and other libraries find them, on pages made here.

    python -m lab.benchmarks.duplicates [--articles 200] [--seed 1] [--shuffle SEED] [--runs 3] [--leftover 0.1]
        [--pages] [--languages [LANGUAGE ...]]

Some 1,200 pages carry 200 articles and 230 things that look alike, in the voices of `duplicates_voices`: captured again
with other teasers and appeals, syndicated, revised, wrapped anew, damaged by encodings, cut by a paywall; against that
notices of one template, long quotes, series, digests, foreign articles in one site's furniture. The pages are labelled
by construction. All tools get the same texts: the article with a share of the furniture left in (`--leftover`: 0 is a
perfect extractor, 1 none). With `--pages` Winnow reads HTML pages instead, extraction and all, and the others what it
extracted. `--shuffle` captures the pages in another order, `--runs` spreads them over so many nightly runs.

pairs      of full pages: right when label and result both put them together; R and P of those
lost       articles of which no page is kept, since each was taken for another article: the worst that can happen
excerpts   pages cut by a paywall that join their article / another one
merged     pages that only look alike, in an article with others, by what they are

`--languages` has Winnow alone decide on the same pages in each of fourteen languages (see `duplicates_tongues`), and
prints beside the above, each with the number of pages:

linked     full pages of articles that have several, in an article with another page of theirs
merged     pages that only look alike, in an article with others; of these, short articles of one site
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.benchmarks.duplicates_pages import COPIES, OTHERS, Labelled, make_pages
from lab.benchmarks.duplicates_tongues import TONGUES
from lab.benchmarks.duplicates_tools import OTHERS as TOOLS
from lab.benchmarks.duplicates_tools import Parents, as_page, as_text, winnow
from winnow.reading import Reading


@dataclass(frozen=True)
class Score:
    """Counts from which the figures of one tool are made."""

    right: int
    predicted: int
    true: int
    lost: int
    clusters: int
    excerpts: tuple[int, int, int]  # with their own article, with another, in all
    merged: Counter[str]
    missed: Counter[str]
    copies: int  # full pages of articles that have several
    others: Counter[str]  # pages that only look alike

    @property
    def precision(self) -> float:
        """Return the share of the predicted pairs that are true."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the true pairs that are predicted."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score(pages: Sequence[Labelled], parents: Iterable[int | None]) -> Score:
    """Return the score of a result: `parents` has for each page an earlier page of the same article, or None."""
    joined: list[int] = []
    for number, parent in enumerate(parents):
        joined.append(number if parent is None or parent == number else joined[parent])
    full = [(page, place) for page, place in zip(pages, joined, strict=True) if page.relation != "excerpt"]
    clusters = Counter(page.cluster for page, _ in full)
    places = Counter(place for _, place in full)
    both = Counter((page.cluster, place) for page, place in full)
    within: dict[int, set[str]] = defaultdict(set)
    for page, place in full:
        within[place].add(page.cluster)
    kept, seen = set(), set()
    merged, missed = Counter[str](), Counter[str]()
    for page, place in full:
        if place not in seen:
            kept.add(page.cluster)
            seen.add(place)
        if page.relation in OTHERS and len(within[place]) > 1:
            merged[page.relation] += 1
        if page.relation in COPIES and clusters[page.cluster] > 1 and both[page.cluster, place] == 1:
            missed[f"{page.relation} {page.detail}".strip()] += 1
    excerpts = [(p.cluster, within[place]) for p, place in zip(pages, joined, strict=True) if p.relation == "excerpt"]
    own = sum(cluster in found for cluster, found in excerpts)
    wrong = sum(bool(found - {cluster}) for cluster, found in excerpts)
    right, predicted, true = (sum(n * (n - 1) // 2 for n in counts.values()) for counts in (both, places, clusters))
    lost = len(set(clusters) - kept)
    copies = sum(page.relation in COPIES and clusters[page.cluster] > 1 for page, _ in full)
    others = Counter(page.relation for page, _ in full if page.relation in OTHERS)
    return Score(
        right, predicted, true, lost, len(clusters), (own, wrong, len(excerpts)), merged, missed, copies, others
    )


def table(rows: dict[str, tuple[Score, float]]) -> str:
    """Return the figures as a table; the time is CPU per page."""
    heads = "  ".join(f"{kind:>9s}" for kind in OTHERS)
    lines = [f"{'':30s}  pairs P      R     F1      lost     excerpts     ms  merged: {heads}"]
    for name, (found, seconds) in rows.items():
        own, wrong, count = found.excerpts
        merged = "  ".join(f"{found.merged[kind]:9d}" for kind in OTHERS)
        pairs = f"{found.precision:8.4f} {found.recall:6.4f} {found.f1:6.4f} {f'{found.lost}/{found.clusters}':>9s}"
        excerpts = f"{own}/{wrong} of {count}"
        lines.append(f"{name:30s} {pairs} {excerpts:>12s} {seconds * 1000:6.2f}          {merged}")
    return "\n".join(lines)


def print_languages(args: argparse.Namespace) -> None:
    """Print how well Winnow does on the same pages in each language."""
    print(f"{'':11s} pairs P      R     lost   linked of   merged of  of one site  excerpts")
    for name in args.languages or TONGUES:
        pages = ordered(make_pages(args.seed, args.articles, TONGUES[name]), args.shuffle)
        with tempfile.TemporaryDirectory(prefix="winnow-") as work:
            found = score(pages, winnow(read(pages, args)[0], args.runs, Path(work) / "articles.db"))
        linked, merged = 1 - found.missed.total() / found.copies, found.merged.total() / found.others.total()
        own, wrong, count = found.excerpts
        family = f"{found.merged['family']} of {found.others['family']}"
        print(
            f"{name:11s} {found.precision:7.4f} {found.recall:6.4f} {f'{found.lost}/{found.clusters}':>8s}"
            f"   {linked:.4f} {found.copies:4d}  {merged:.4f} {found.others.total():3d}"
            f" {family:>12s}  {own}/{wrong} of {count}",
            flush=True,
        )


def ordered(pages: list[Labelled], shuffle: int | None) -> list[Labelled]:
    """Return the pages in their order of capture, or in another one."""
    if shuffle is not None:
        random.Random(shuffle).shuffle(pages)
    return pages


def read(pages: Sequence[Labelled], args: argparse.Namespace) -> tuple[list[Reading], float]:
    """Return what is read of the pages, and the seconds of CPU per page."""
    chance, start = random.Random(args.seed), time.process_time()
    if args.pages:
        readings = [as_page(number, page.html()) for number, page in enumerate(pages)]
    else:
        readings = [as_text(number, page.text(args.leftover, chance)) for number, page in enumerate(pages)]
    return readings, (time.process_time() - start) / len(pages)


def timed(pages: Sequence[Labelled], parents: Parents) -> tuple[Score, float]:
    """Return a tool's score and its seconds of CPU per page."""
    start = time.process_time()
    found = list(parents)
    return score(pages, found), (time.process_time() - start) / len(pages)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shuffle", type=int)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--leftover", type=float, default=0.1)
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--only-winnow", action="store_true")
    parser.add_argument("--languages", nargs="*", metavar="LANGUAGE", choices=TONGUES)
    args = parser.parse_args()
    if args.languages is not None:
        print_languages(args)
    else:
        beside_others(args)


def beside_others(args: argparse.Namespace) -> None:
    """Print how well Winnow and the other tools do on the same pages."""
    pages = ordered(make_pages(args.seed, args.articles), args.shuffle)
    readings, reading = read(pages, args)
    texts = [reading.article.text if reading.article else "" for reading in readings]
    counts = Counter(page.relation for page in pages)
    print(f"{len(pages)} pages:", ", ".join(f"{count} {relation}" for relation, count in counts.most_common()))
    with tempfile.TemporaryDirectory(prefix="winnow-") as work:
        rows = {"Winnow": timed(pages, winnow(readings, args.runs, Path(work) / "articles.db"))}
    own, seconds = rows["Winnow"]
    print(f"Winnow's CPU per page: {reading * 1000:.1f} ms to read it, {seconds * 1000:.1f} ms to decide and store")
    print("missed by Winnow:", ", ".join(f"{count} {what}" for what, count in own.missed.most_common()) or "none")
    for name, tool in ({} if args.only_winnow else TOOLS).items():
        try:
            rows[name] = timed(pages, tool(texts))
        except ImportError:
            print(f"{name}: not installed")
    print(table(rows))


if __name__ == "__main__":
    main()
