"""Days and authors of news and blog pages by language: how many are right and wrong, in HTML and in text captures.

    python -m lab.benchmarks.heads --data FOLDER [--folds FOLDS] [--least N] [RENDERING …]

FOLDER holds `web-dev` (a folder or an archive): `labels.jsonl` and a folder for each rendering, `html`, `rplain` and
`inscr`; all are measured unless some are named. Captures are read whole, by the model of FOLDS (what `--folds-out` of
`python -m lab.training.textpage` wrote) that has not seen their site, or by the shipped one; a capture that is rejected
has no day and no author. Of HTML only the metadata is read, which needs no model. An author is right when one of the
labelled names contains the answer or is part of it. Languages with fewer than N labelled days stand together.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lab.benchmarks.folds import load_folds
from lab.training.data import Archive, fold_of
from lab.training.html_sets import SUFFIXES, WEB, site, tree_of
from lab.training.likeness import normal
from winnow.read import plain
from winnow.read.metadata import read_metadata

HTML, CAPTURES = "html", ("rplain", "inscr")
Answer = tuple[str | None, str | None]  # the day and the author
Models = dict[int, plain.Model]


def pages(data: Path, rendering: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield the label and the content of every page that has this rendering."""
    archive = Archive(data, WEB, SUFFIXES[WEB])
    there = set(archive.names())
    for row in map(json.loads, filter(None, archive.read("labels.jsonl").decode().split("\n"))):
        path = row["html"] if rendering == HTML else f"{rendering}/{row['id']}.txt"
        if path in there:
            yield row, archive.read(path)


def answer(row: dict[str, Any], content: bytes, rendering: str, models: Models) -> Answer:
    """Return the day and the author that Winnow reads."""
    if rendering == HTML:
        tree = tree_of(content)
        found = read_metadata(tree) if tree is not None else None
        return (found.date, found.author) if found else (None, None)
    page = plain.read(content.decode("utf-8", "replace"), models[fold_of(site(row["url"] or "") or row["domain"])])
    return (None, None) if plain.why_no_article(page) else (page.date, page.byline)


def judge(row: dict[str, Any], given: Answer) -> Iterator[str]:
    """Yield what is to be counted of an answer: `days`, `days right`, `days wrong`, and the same of authors."""
    day, author = given
    names = [name for name in map(normal, row.get("authors") or [row.get("author")]) if name]
    said = normal(author)
    is_right = any(said and (name in said or said in name) for name in names)
    for field, is_labelled, has, right in (
        ("days", bool(row.get("date")), bool(day), day == (row.get("date") or "")[:10]),
        ("authors", bool(names), bool(said), is_right),
    ):
        if is_labelled:
            yield field
            if has:
                yield f"{field} {'right' if right else 'wrong'}"


def measure(data: Path, rendering: str, models: Models) -> dict[str, Counter[str]]:
    """Return the counts of each language, and of all that are not English."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row, content in pages(data, rendering):
        told = list(judge(row, answer(row, content, rendering, models)))
        counts[row.get("language") or "none"].update(told)
        if row.get("language", "en") != "en":
            counts["not en"].update(told)
    return counts


def show(rendering: str, counts: dict[str, Counter[str]], least: int) -> None:
    """Print a line for each language that has enough labelled days, and one for the others together."""
    few = [language for language, count in counts.items() if count["days"] < least]
    counts["others"] = sum((counts[language] for language in few), Counter())
    for language, count in sorted(counts.items(), key=lambda each: -each[1]["days"]):
        if language not in few:
            shares = (
                f"{field} {count[field]:4d} right {count[f'{field} right'] / max(1, count[field]):.3f} "
                f"wrong {count[f'{field} wrong'] / max(1, count[field]):.3f}"
                for field in ("days", "authors")
            )
            print(f"{rendering:7s} {language:7s}", "  ".join(shares), flush=True)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("renderings", nargs="*", default=[HTML, *CAPTURES])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--least", type=int, default=15, help="labelled days of a language with a line of its own")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    models = load_folds(args.folds, plain.load)
    for rendering in args.renderings:
        show(rendering, measure(args.data, rendering, models), args.least)


if __name__ == "__main__":
    main()
