"""How texts and names are compared with their labels: as WCXB, the benchmark that the labels are of, does it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from winnow.text import UNSPACED

_WORD = re.compile(r"\w+")
_UNIT = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


def tokens(text: str) -> list[str]:
    """Split into the words that word-F1 compares."""
    return _WORD.findall(text.lower())


def units(text: str) -> list[str]:
    """Return the words of a text, and the characters of scripts that put no spaces between words."""
    return _UNIT.findall(text.lower())


def word_f1(found: str | None, wanted: str, split: Callable[[str], list[str]] = tokens) -> float:
    """Compare two texts as bags of words, as WCXB's `evaluate.py` does."""
    have, want = Counter(split(found or "")), Counter(split(wanted))
    if not have or not want:
        return float(not have and not want)
    return 2 * (have & want).total() / (have.total() + want.total())


def normal(text: str | None) -> str:
    """Reduce a title or a name to what is compared."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text or "").lower()).strip()
