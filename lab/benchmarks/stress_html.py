"""Stress: how much foreign prose is kept when teaser cards and appeals are put into HTML pages.

    python -m lab.benchmarks.stress_html --data FOLDER [--models FOLDS] [--limit N]

FOLDER holds `wcxb-dev`; FOLDS is what `python -m lab.training.htmlpage --folds-out` wrote. With it every page is read
by the model that has not seen its site, without it by the shipped model (and the figures are not out of fold). Cards
and appeals come from templates that training never sees, in boxes whose names say nothing.
"""

from __future__ import annotations

import argparse
import logging
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from lab.benchmarks.folds import load_folds
from lab.benchmarks.stress_templates import APPEALS, CARDS, LONG, said_of
from lab.training.data import fold_of
from lab.training.html_sets import ARTICLES, Page, tree_of
from lab.training.html_sets import load as load_pages
from lab.training.likeness import tokens
from winnow.read.html import Model, load, read

LAYOUTS = (
    ("div", "h3", "p"),
    ("div", "p", "p"),
    ("section", "h4", "div"),
    ("li", "strong", "p"),
    ("article", "h2", "p"),
)


def build(template: Sequence[str], values: dict[str, str], chance: random.Random) -> etree._Element:
    """Return a box made from a template: titles and short lines in one element, paragraphs in another."""
    outer, head, body = chance.choice(LAYOUTS)
    box = etree.Element(outer)
    for row in filter(None, template):
        text = row.format(**values)
        element = etree.SubElement(box, body if len(text) > 90 else head if row == "{title}" else "div")
        if row == "{title}" and chance.random() < 0.5:
            element = etree.SubElement(element, "a", href="/other")
        element.text = text
    return box


def places(tree: etree._Element, reference: str) -> list[etree._Element]:
    """Return the elements that hold paragraphs of the article."""
    flat = " ".join(reference.split())
    texts = ((element, " ".join("".join(element.itertext()).split())) for element in tree.iter("p"))
    return [element for element, text in texts if len(text) > 90 and text in flat]


def stress(
    page: Page, others: Sequence[Page], chance: random.Random
) -> tuple[etree._Element | None, dict[str, set[str]]]:
    """Put one to four cards after the article's last paragraph or its box, and an appeal after it or inside it."""
    row, content = page
    tree = tree_of(content)
    found = places(tree, row["main_content"]) if tree is not None else []
    put: dict[str, set[str]] = {"card": set(), "appeal": set()}
    if not found:
        return None, put
    outer = found[-1].getparent()
    after = outer if chance.random() < 0.5 and outer is not None and outer.tag not in ("body", "html") else found[-1]
    template = chance.choice(CARDS)
    for other, _ in chance.sample(list(others), k=min(len(others), chance.randint(1, 4))):
        prose = [line for line in other["main_content"].split("\n") if len(line) > 90] or [other["main_content"][:400]]
        _add(after, build(template, said_of(other, prose), chance), put["card"])
    if chance.random() < 0.6:
        _add(after, build(chance.choice(APPEALS), {}, chance), put["appeal"])
    if chance.random() < 0.3:
        _add(chance.choice(found), build(chance.choice(APPEALS), {}, chance), put["appeal"])
    return tree, put


def _add(place: etree._Element, box: etree._Element, put: set[str]) -> None:
    place.addnext(box)
    box.tail, place.tail = place.tail, None
    put.update(" ".join(text.split()) for text in box.itertext())


def measure(pages: Sequence[Page], models: dict[int, Model], seed: int = 1) -> Counter[str]:
    """Return counts of foreign paragraphs, of those kept, and of the article's words with and without them."""
    chance = random.Random(seed)
    count: Counter[str] = Counter()
    for page in pages:
        row, content = page
        fold = fold_of(row["domain"])
        others = [p for p in pages if fold_of(p[0]["domain"]) == fold and p[0]["domain"] != row["domain"]]
        tree, put = stress(page, others, chance)
        plain = tree_of(content)
        if tree is None or plain is None:
            continue
        text = " ".join(read(tree, models[fold]).text.split())
        for kind, lines in put.items():
            for line in lines:
                if len(tokens(line)) >= LONG:
                    count[f"{kind} paragraphs"] += 1
                    count[f"{kind} paragraphs kept"] += line in text
        want = Counter(tokens(row["main_content"]))
        count["article words"] += (Counter(tokens(text)) & want).total()
        count["article words before"] += (Counter(tokens(read(plain, models[fold]).text)) & want).total()
        count["pages"] += 1
    return count


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="folder with fold0.npz …")
    parser.add_argument("--limit", type=int, default=300)
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    pages = [page for page in load_pages(args.data, ARTICLES) if page[0]["main_content"]][: args.limit]
    count = measure(pages, load_folds(args.models, load))
    for kind in ("card paragraphs", "appeal paragraphs"):
        print(f"{kind} kept {100 * count[f'{kind} kept'] / max(1, count[kind]):.1f} % of {count[kind]}")
    foreign = count["card paragraphs"] + count["appeal paragraphs"]
    kept = count["card paragraphs kept"] + count["appeal paragraphs kept"]
    print(f"foreign paragraphs kept {100 * kept / max(1, foreign):.1f} % of {foreign}, on {count['pages']} pages")
    lost = 1 - count["article words"] / max(1, count["article words before"])
    print(f"article words lost {100 * lost:.1f} %")


if __name__ == "__main__":
    main()
