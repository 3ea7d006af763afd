"""Figures of models on labelled pages: the benchmark's word-F1 and leak; of text pages titles, dates, bylines too."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lab.training.data import fold_of
from lab.training.likeness import normal, tokens, units, word_f1
from winnow.read.plain import Model, TextPage, article_text, read

Figures = dict[str, dict[str, float]]


def measure(pages: Sequence[tuple[dict[str, Any], str]], models: Mapping[int | None, Model]) -> Figures:
    """Read every page with the model that has not seen its site, and score the result."""
    seen = ((row, read(text, models[fold_of(row["domain"])])) for row, text in pages)
    return score((row, page, article_text(page.body)) for row, page in seen)


def score(results: Iterable[tuple[dict[str, Any], TextPage, str]]) -> Figures:
    """Average by rendering (macro for F1, pooled for the snippets that must not appear)."""
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row, page, text in results:
        add = sums[row["rendering"]]
        add_text(add, row, text)
        add_lost(add, page, text)
        add_field(add, "title", normal(page.title), normal(row["title"]))
        add_field(add, "date", page.date or "", (row["publish_date"] or "")[:10])
        add_author(add, normal(page.byline), normal(row["author"]))
    return {name: text_rates(add) | _rates(add) for name, add in sorted(sums.items())}


def add_text(add: Counter[str], row: dict[str, Any], text: str) -> None:
    """Add a page's word-F1 and snippets."""
    add["pages"] += 1
    if row["main_content"]:
        add["full"] += 1
        add["f1"] += word_f1(text, row["main_content"], units)  # type: ignore[assignment]
    flat = _flat(text)
    add["unwanted"] += len(row["without"])
    add["leaked"] += sum(_flat(snippet) in flat for snippet in row["without"])
    add["wanted"] += len(row["with"])
    add["kept"] += sum(_flat(snippet) in flat for snippet in row["with"])


def add_lost(add: Counter[str], page: TextPage, text: str) -> None:
    """Add what trafilatura lost of the chosen lines."""
    chosen = Counter(tokens(page.text))
    add["chosen"] += chosen.total()
    add["lost"] += (chosen - Counter(tokens(text))).total()


def add_field(add: Counter[str], name: str, have: str, want: str) -> None:
    """Count an answer as right, wrong, missing, or invented."""
    if want:
        add[f"{name}s"] += 1
        add[f"{name}_right" if have == want else f"{name}_wrong" if have else f"{name}_none"] += 1
    else:
        add[f"{name}_invented"] += bool(have)
        add[f"no_{name}s"] += 1


def add_author(add: Counter[str], have: str, want: str) -> None:
    """Count an author as right when one name holds the other."""
    add_field(add, "author", want if have and want and (have in want or want in have) else have, want)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def text_rates(add: Counter[str]) -> dict[str, float]:
    """Average: macro for F1, pooled for snippets."""
    return {
        "pages": float(add["pages"]),
        "f1": round(add["f1"] / max(1, add["full"]), 4),
        "leak": round(add["leaked"] / max(1, add["unwanted"]), 4),
        "with": round(add["kept"] / max(1, add["wanted"]), 4),
    }


def _rates(add: Counter[str]) -> dict[str, float]:
    out = {"lost": add["lost"] / max(1, add["chosen"])}
    for name in ("title", "date", "author"):
        for kind in ("right", "wrong"):
            out[f"{name}_{kind}"] = add[f"{name}_{kind}"] / max(1, add[f"{name}s"])
        out[f"{name}_invented"] = add[f"{name}_invented"] / max(1, add[f"no_{name}s"])
    return {key: round(value, 4) for key, value in out.items()}


def show(figures: Figures) -> None:
    """Print a table, a rendering a row."""
    for name, values in figures.items():
        print(name.ljust(7), "  ".join(f"{key} {value:.3f}" for key, value in values.items()), flush=True)
