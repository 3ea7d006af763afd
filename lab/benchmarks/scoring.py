"""Score extracted articles against labelled ones: the figures of the WCXB benchmark, and each field's precision."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lab.training.likeness import normal, word_f1


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


@dataclass
class Score:
    """Sums over pages; `row` turns them into rates."""

    pages: int = 0
    f1: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, found: Mapping[str, Any], label: Mapping[str, Any]) -> None:
        """Add one page; `found` has text, title, author and date, any of them None or left out."""
        self.pages += 1
        self.f1 += word_f1(found.get("text"), label["main_content"])
        text = _flat(found.get("text"))
        for kind in ("with", "without"):
            self.counts[kind] += len(label[kind])
            self.counts[f"{kind} found"] += sum(_flat(snippet) in text for snippet in label[kind])
        self._field("title", normal(found.get("title")), normal(label["title"]))
        self._field("date", (found.get("date") or "")[:10], (label["publish_date"] or "")[:10])
        have, want = normal(found.get("author")), normal(label["author"])
        self._field("author", want if have and want and (have in want or want in have) else have, want)

    def _field(self, name: str, have: str, want: str) -> None:
        kind = ("right" if have == want else "wrong" if have else "none") if want else "invented" if have else "spared"
        self.counts[f"{name} {kind}"] += 1

    def row(self) -> dict[str, str]:
        """Return F1, leak and snippets kept; for each field the shares right and wrong of the labelled, and precision.

        An answer where the label has none counts against precision, and as invented.
        """
        rates = {
            "F1": f"{self.f1 / max(1, self.pages):.3f}",
            "leak": f"{self.counts['without found'] / max(1, self.counts['without']):.1%}",
            "with": f"{self.counts['with found'] / max(1, self.counts['with']):.1%}",
        }
        for name in ("title", "date", "author"):
            right, wrong, none, invented, spared = (
                self.counts[f"{name} {kind}"] for kind in ("right", "wrong", "none", "invented", "spared")
            )
            labelled, given = max(1, right + wrong + none), max(1, right + wrong + invented)
            rates[f"{name} right/wrong"] = f"{right / labelled:.3f}/{wrong / labelled:.3f}"
            rates[f"{name} precision"] = f"{right / given:.3f}" if right + wrong + invented else "-"
            if name != "title":
                rates[f"{name} invented"] = f"{invented}/{invented + spared}"
        return rates


def table(scores: Mapping[str, Score]) -> str:
    """Return scores as a table, one figure a line and one tool a column."""
    columns = {name: score.row() for name, score in scores.items()}
    wide = [max(len(name), 11) + 2 for name in columns]
    lines = [" " * 20 + "".join(f"{name:>{width}}" for name, width in zip(columns, wide, strict=True))]
    for figure in next(iter(columns.values())):
        cells = (f"{column[figure]:>{width}}" for column, width in zip(columns.values(), wide, strict=True))
        lines.append(f"{figure:20}" + "".join(cells))
    return "\n".join(lines)
