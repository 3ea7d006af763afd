"""What of a text is found in the article that its page was read as, and what else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lab.benchmarks.templates.texts import Text
from winnow.items import Page
from winnow.read.page import read_page

_SHORT = 2  # letters of a line that may be left of it without its being furniture: a number, a bullet


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a page was read: its pieces, which of them are lost, which lines are none of them, which fields are wrong."""

    pieces: int
    lost: tuple[str, ...]
    furniture: tuple[str, ...]
    wrong: dict[str, str]


def judge(path: Path, text: Text, told: Mapping[str, str]) -> Verdict:
    """Read a page and compare it with its text; `told` is what must be told of it, by the article's fields."""
    outcome = read_page(Page(path.name, body=path.read_bytes()))
    if outcome.article is None:
        return Verdict(len(text.pieces), text.pieces, (), {"rejected": str(outcome.rejection)})
    kept = letters(outcome.article.text)
    got = {name: str(getattr(outcome.article, name) or "") for name in told}
    return Verdict(
        len(text.pieces),
        tuple(piece for piece in text.pieces if letters(piece) not in kept),
        tuple(_furniture(outcome.article.text, text)),
        {name: value for name, value in got.items() if letters(value) != letters(told[name])},
    )


def letters(text: str) -> str:
    """Return the letters, marks and digits of a text, folded: programs change spaces, quotes and dashes."""
    return "".join(character for character in unicodedata.normalize("NFKC", text).lower() if _counts(character))


def _counts(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _furniture(kept: str, text: Text) -> Iterator[str]:
    known = sorted({letters(piece) for piece in (text.title, *text.pieces)}, key=len, reverse=True)
    whole = "".join(letters(piece) for piece in text.pieces)
    for line in kept.splitlines():
        rest = letters(line)
        if rest in whole:
            continue
        for piece in known:
            rest = rest.replace(piece, "")
        if len(rest) > _SHORT and not rest.isdigit():
            yield line
