"""Words that are written nearly like another, for those who mistype."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from winnow.search.fold import words

_BLOCK = 0x80  # characters; the letters of most alphabets stand in one block of so many
MAX_LETTERS = 30


def edits(word: str) -> Iterator[str]:
    """Yield what a folded word becomes with one letter left out, added, replaced, or swapped with the next.

    P. Norvig, "How to write a spelling corrector", 2007.
    """
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    yield from (left + right[1:] for left, right in parts if right)
    yield from (left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1)
    for letter in {letter for each in word if each.isalpha() for letter in _alphabet(ord(each) // _BLOCK)}:
        yield from (left + letter + right[1:] for left, right in parts if right)
        yield from (left + letter + right for left, right in parts)


@cache
def _alphabet(block: int) -> tuple[str, ...]:
    """Return the folded letters, and the marks that belong to letters, of a block of Unicode."""
    characters = [chr(code) for code in range(block * _BLOCK, (block + 1) * _BLOCK)]
    return tuple(each for each in characters if words(each) == [each] or unicodedata.combining(each))


def distance(one: str, other: str) -> int:
    """Return how many letters are left out, added, replaced or swapped between two words (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, another in enumerate(other, 1):
            cheapest = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != another))
            is_swapped = row > 1 < column and letter == other[column - 2] and another == one[row - 2]
            here.append(min(cheapest, before[column - 2] + 1) if is_swapped else cheapest)
        before, last = last, here
    return last[-1]
