"""A step that keeps a letter whole where a capture holds nothing else: from the salutation to the name below it.

The model has learnt that what speaks to the reader, and short lines at the end, are a site's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from winnow.read.lines.line import PROSE
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools

ABOVE = 6  # lines in which the salutation stands
BELOW = 3  # lines below the close of the letter, at most: names, a place
SALUTATION, CLOSE, NAME = 6, 6, 5  # words of these lines, at most
_COMMAS = (",", "،", "，", "、")
_GREETS = (*_COMMAS, "!", "！", ":")


def letter_in(texts: Sequence[str]) -> range | None:
    """Return the lines of the letter that a capture holds; None where it holds anything else."""
    first = next((i for i in range(min(ABOVE, len(texts))) if _is_short(texts[i], SALUTATION, _GREETS)), None)
    if first is None or first + 3 >= len(texts) or len(texts[first + 1].split()) < PROSE:
        return None
    for close in range(max(first + 2, len(texts) - 1 - BELOW), len(texts) - 1):
        if _is_short(texts[close], CLOSE, _COMMAS) and all(len(text.split()) <= NAME for text in texts[close + 1 :]):
            return range(first, len(texts))
    return None


def _is_short(text: str, most: int, ends: tuple[str, ...]) -> bool:
    return text.endswith(ends) and len(text.split()) <= most and text[:1].isalpha() and not text[0].islower()


def keep_letter(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice with all lines of the letter that a capture holds."""
    letter = letter_in([line.text for line in judged.page.lines])
    if letter is None or not chosen.any():
        return chosen
    kept = chosen.copy()
    kept[letter.start :] = True
    return kept
