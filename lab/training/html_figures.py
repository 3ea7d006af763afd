"""Figures of HTML pages by set, type and language: word-F1 of full texts, passages that must and must not be kept.

A rejected page has an empty text, as in a crawl; `F1 as read` counts the text that it would have had.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from lab.training.html_sets import TYPES, WEB, Row
from lab.training.likeness import units, word_f1
from lab.training.report import Figures

# What is counted over what, by the name of the figure.
RATES = {
    "rejected": ("rejected", "pages"),
    "F1": ("f1", "full"),
    "F1 as read": ("f1 as read", "full"),
    "must": ("kept", "must"),
    "must as read": ("kept as read", "must"),
    "leak": ("leaked", "must not"),
    "kind": ("kind right", "kind told"),
}


class Tally:
    """Sums over pages, by group; F1 is averaged over pages, passages are pooled."""

    def __init__(self) -> None:
        self._groups: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, row: Row, text: str, rejected: bool = False, kind: bool | None = None) -> None:
        """Add a page with its text, whether it is rejected then, and whether its kind is right, if one was told."""
        flat = "" if rejected else _flat(text)
        one: dict[str, float] = {"pages": 1, "rejected": rejected, "full": bool(row["main_content"])}
        if row["main_content"]:
            one["f1 as read"] = word_f1(text, row["main_content"], units)
            one["f1"] = 0.0 if rejected else one["f1 as read"]
        one |= {"must": len(row["with"]), "must not": len(row["without"])}
        one["kept"] = sum(_flat(passage) in flat for passage in row["with"])
        one["kept as read"] = sum(_flat(passage) in _flat(text) for passage in row["with"])
        one["leaked"] = sum(_flat(passage) in flat for passage in row["without"])
        one |= {"kind right": kind is True, "kind told": kind is not None}
        for name in groups(row):
            self._groups[name].update(one)

    def figures(self) -> Figures:
        """Return the rates of each group, and how many pages and passages it has."""
        return {
            name: {"pages": float(sums["pages"]), "full": float(sums["full"]), "passages": float(sums["must"])}
            | {rate: round(sums[a] / sums[b], 4) for rate, (a, b) in RATES.items() if sums[b]}
            for name, sums in sorted(self._groups.items())
        }


def groups(row: Row) -> list[str]:
    """Return the groups that a page counts in: its set, and its type or whether it is not English."""
    if row["set"] == TYPES:
        return [TYPES, f"{TYPES} {row['type']}"]
    return [row["set"], f"{WEB} not English"] if row["language"] not in ("", "en") else [row["set"]]


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
