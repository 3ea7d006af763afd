"""How texts and names are compared with their labels: as WCXB, the benchmark that the labels are of, does it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_WORD = re.compile(r"\w+")


def tokens(text: str) -> list[str]:
    """Split into the words that word-F1 compares."""
    return _WORD.findall(text.lower())


def word_f1(found: str | None, wanted: str) -> float:
    """Compare two texts as bags of words, as WCXB's `evaluate.py` does."""
    have, want = Counter(tokens(found or "")), Counter(tokens(wanted))
    if not have or not want:
        return float(not have and not want)
    return 2 * (have & want).total() / (have.total() + want.total())


def normal(text: str | None) -> str:
    """Reduce a title or a name to what is compared."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text or "").lower()).strip()
