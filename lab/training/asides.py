# ruff: noqa: E501
"""Prose that stands beside articles: appeals, notices, notes about authors, advertisements; all of our own.

`asides/LANGUAGE.txt` holds passages, set apart by blank lines, a sentence or two a line. `[a|b]` stands for one of the
alternatives, `{name}` for something drawn from the lists below. Each passage belongs to one fold, and pages of a fold
get passages of that fold only: no model judges a passage that it has learnt from, in training or when it is measured.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from lab.training.data import FOLDS

FOLDER = Path(__file__).with_name("asides")
# Asides in a language without labelled articles teach the word models that any text in it is an aside (German, French,
# Spanish, Polish and Russian articles were lost): they are drawn in the languages of the articles only.
ENGLISH = ("en",)
_CHOICE = re.compile(r"\[([^\[\]]+\|[^\[\]]+)\]")
_SLOT = re.compile(r"\{(\w+)\}")

_SLOTS = {
    "site": (
        "The Lantern", "Fieldnotes", "Open Ledger", "Kestrel", "The Weekly Furrow", "Northlight", "Plain Paper", "Quayside",
        "Halfway House", "The Signal Box", "Umbra", "Long Division", "Greenfinch", "Ostler & Vane", "Tidemark", "Cobalt Nine",
        "The Paper Mill", "Brightwell", "Sandglass", "Marginal", "Rook & Pawn", "Civic Post", "Aldermoor", "Blue Hour",
    ),
    "name": (
        "Ida Verlane", "Tomas Quist", "Ruth Okonjo", "Marek Dolny", "Sofia Bellweather", "Amadou Keïta", "Lena Strand",
        "Peter Halloran", "Noor Rahimi", "Gwen Tarrant", "Luis Ferrando", "Mei Tanaka", "Joan Abara", "Viktor Sand",
        "Clara Montague", "Yusuf Aydin", "Hanne Dahl", "Oliver Pike", "Teresa Campo", "Anil Mehra",
    ),
    "town": (
        "Harrowby", "Lindholm", "Castelmar", "Vesna", "Port Amity", "Eastmere", "Brunnau", "Oakley Cross", "Saint-Aurel",
        "Dunmore", "Kalvik", "Rivabella", "Granby", "Tolmin", "Westhaven",
    ),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "month": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "topic": (
        "housing", "the climate", "migration", "gardening", "local politics", "tax", "rare birds", "artificial intelligence",
        "schools", "defence", "football", "investing", "healthy food", "trade", "rural life", "marketing", "the Middle East",
    ),
}  # fmt: skip
_CURRENCIES = ("{} euros", "${}", "£{}", "€{}", "{} dollars", "{} €", "{} zł", "{} Kč", "US${}")


@cache
def passages() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Read the passages of every language; each is its lines."""
    found = {}
    for path in sorted(FOLDER.glob("*.txt")):
        text = re.sub(r"^#.*\n", "", path.read_text(encoding="utf-8"), flags=re.M)
        found[path.stem] = tuple(tuple(part.strip().split("\n")) for part in re.split(r"\n\s*\n", text) if part.strip())
    return found


def of_fold(language: str, fold: int) -> tuple[tuple[str, ...], ...]:
    """Return a language's passages that belong to a fold."""
    return passages()[language][fold::FOLDS]


def spoken(languages: Iterable[str]) -> tuple[str, ...]:
    """Return those of the languages in which there are asides, each as often as it is given."""
    return tuple(language for language in languages if language in passages())


def compose(fold: int, chance: random.Random, languages: Sequence[str] = ENGLISH) -> list[list[str]]:
    """Draw one to three passages of one of the languages, whole or in part, with their choices made."""
    language = chance.choice(languages)
    there = of_fold(language, fold)
    drawn = chance.sample(there, min(chance.choice((1, 1, 1, 2, 2, 3)), len(there)))
    out = []
    for passage in drawn:
        lines = list(passage)
        if len(lines) > 1 and chance.random() < 0.35:
            lines.pop(chance.randrange(len(lines)))
        out.append([_filled(line, chance) for line in lines])
    return out


def _filled(line: str, chance: random.Random) -> str:
    line = _CHOICE.sub(lambda found: chance.choice(found[1].split("|")), line)
    return _SLOT.sub(lambda found: _value(found[1], chance), line)


def _value(slot: str, chance: random.Random) -> str:
    if slot == "n":
        return str(chance.choice((chance.randint(2, 30), chance.randint(2, 99) * 10, chance.randint(2, 90) * 1000)))
    if slot == "sum":
        return chance.choice(_CURRENCIES).format(
            chance.choice((2, 3, 4, 5, 7, 8, 10, 12, 15, 20, 25, 50, 60, 90, 120, 500))
        )
    return chance.choice(_SLOTS[slot])
