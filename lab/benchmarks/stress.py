"""Stress: how much foreign prose is kept when teaser cards and appeals are pasted into text pages.

    python -m lab.benchmarks.stress --data FOLDER [--models FOLDS] [--limit N]

FOLDER holds `text-dev`; FOLDS is what `python -m lab.training.textpage --folds-out` wrote. With it every page is read
by the model that has not seen its site, without it by the shipped model (and the figures are not out of fold). Cards
and appeals come from templates that training never sees.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.benchmarks.folds import load_folds
from lab.benchmarks.stress_templates import APPEALS, CARDS, LONG, said_of
from lab.training.data import Sample, samples
from lab.training.data import load as load_pages
from lab.training.likeness import tokens
from winnow.read.plain import Line, Model, load, read_lines


@dataclass(frozen=True)
class Stressed:
    """A page with foreign lines, and which lines are foreign."""

    lines: tuple[Line, ...]
    cards: frozenset[int]
    appeals: frozenset[int]
    article: frozenset[int]


def stress(sample: Sample, others: Sequence[Sample], chance: random.Random) -> Stressed:
    """Return a page with one to four cards pasted after the article, and an appeal after it or inside it."""
    rows = [(line, "article" if label else "") for line, label in zip(sample.lines, sample.labels, strict=True)]
    article = [i for i, (_, kind) in enumerate(rows) if kind]
    appeal = [(line, "appeal") for line in _lines(chance.choice(APPEALS), {})]
    cards: list[tuple[Line, str]] = []
    template = chance.choice(CARDS)
    for other in chance.sample(list(others), k=min(len(others), chance.randint(1, 4))):
        cards += [(line, "card") for line in _card(template, other)]
    at = article[-1] + 1
    rows[at:at] = [*appeal, *cards] if chance.random() < 0.6 else cards
    if chance.random() < 0.3:
        inside = chance.choice(article)
        rows[inside + 1 : inside + 1] = [(line, "appeal") for line in _lines(chance.choice(APPEALS), {})]
    found = {kind: frozenset(i for i, (_, k) in enumerate(rows) if k == kind) for kind in ("card", "appeal", "article")}
    return Stressed(tuple(line for line, _ in rows), found["card"], found["appeal"], found["article"])


def _card(template: Sequence[str], other: Sample) -> list[Line]:
    prose = [line.text for line, label in zip(other.lines, other.labels, strict=True) if label and len(line.text) > 90]
    return _lines(template, said_of(other.row, prose))


def _lines(template: Sequence[str], values: dict[str, str]) -> list[Line]:
    lines: list[Line] = []
    gap = 1
    for row in template:
        if row:
            lines.append(Line(row.format(**values), gap))
        gap = 0 if row else 1
    return lines


def measure(pages: Sequence[Sample], models: dict[int, Model], seed: int = 1) -> Counter[str]:
    """Return counts of foreign paragraphs and words, of those kept, and of article words kept with and without them."""
    chance = random.Random(seed)
    count: Counter[str] = Counter()
    usable = [
        p
        for p in pages
        if p.labels.any() and any(len(line.text) > 90 and y for line, y in zip(p.lines, p.labels, strict=True))
    ]
    for sample in usable:
        others = [
            o for o in usable if o.fold == sample.fold and o.domain != sample.domain and o.rendering == sample.rendering
        ]
        page = stress(sample, others, chance)
        model = models[sample.fold]
        kept = Counter(line.text for line in read_lines(page.lines, model).body)
        for kind, places in (("card", page.cards), ("appeal", page.appeals), ("article", page.article)):
            for i in places:
                words = len(tokens(page.lines[i].text))
                chosen = kept[page.lines[i].text] > 0
                count[f"{kind} words"] += words
                count[f"{kind} words kept"] += words * chosen
                if words >= LONG:
                    count[f"{kind} paragraphs"] += 1
                    count[f"{kind} paragraphs kept"] += chosen
        before = Counter(line.text for line in read_lines(sample.lines, model).body)
        count["article words kept before"] += sum(
            len(tokens(line.text))
            for line, y in zip(sample.lines, sample.labels, strict=True)
            if y and before[line.text]
        )
    return count


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="folder with fold0.npz …")
    parser.add_argument("--limit", type=int, default=300, help="pages per rendering")
    args = parser.parse_args()
    pages = samples(load_pages(args.data))
    models = load_folds(args.models, load)
    for rendering in ("rmain", "rplain", "inscr"):
        chosen = [p for p in pages if p.rendering == rendering][: args.limit]
        count = measure(chosen, models)
        shares = [
            f"{kind} kept {100 * count[f'{kind} kept'] / max(1, count[kind]):5.1f} % of {count[kind]}"
            for kind in ("card paragraphs", "appeal paragraphs", "card words", "appeal words")
        ]
        foreign = count["card paragraphs"] + count["appeal paragraphs"]
        kept = count["card paragraphs kept"] + count["appeal paragraphs kept"]
        share = 100 / max(1, count["article words"])
        print(f"{rendering:7s} foreign paragraphs kept {100 * kept / max(1, foreign):5.1f} %  ({'; '.join(shares)})")
        after, before = count["article words kept"], count["article words kept before"]
        print(
            f"        article words kept {after * share:.1f} %, without the pasted lines {before * share:.1f} %",
            flush=True,
        )


if __name__ == "__main__":
    main()
