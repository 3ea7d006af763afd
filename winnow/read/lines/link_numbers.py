"""Undo what programs do with links: numbers before each (`[3]Home`), and addresses below the text or behind each link.

Lynx and ELinks list the addresses as `3. https://…`, w3m as `[3] https://…`; ELinks puts a link's title before its
address, on a row of its own. html-to-text writes `Home [https://…]`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

FEWEST = 3  # addresses in a list
FIRST = 9  # number of the first address in a list, at most, where numbers lack: fields of forms have some, too
HEADING = 3  # words of a line above or inside the list that is no address, at most

_ADDRESS = re.compile(r"\s*(?:(\d{1,4})\.|\[(\d{1,4})\])\s+[A-Za-z][\w+.-]*:\S.*")
_TITLED = re.compile(r"\s*(\d{1,4})\.\s+\S.*\n\s+[A-Za-z][\w+.-]*:\S+\s*")
# Unlike the mark of a footnote, a number stands right before a word, and behind no letter or digit of Latin script,
# unless it is that of a mark behind a heading or of a word in brackets.
_MARKED = r"¶|\[[^\W\d]"
_NUMBER = re.compile(
    rf"(?:(?<![A-Za-z0-9\])])|(?=\[\d{{1,4}}\](?:{_MARKED})))\[(\d{{1,4}})\](?=[^\W_]|[\"'“„«‘(¿¡#@]|{_MARKED})"
)
# A path has more than a closing tag of a forum's code, such as [/quote].
_TARGET = re.compile(r"\s?\[(?:[a-z][a-z\d+.-]*:[^\s\[\]]+|\.{0,2}/(?:[^\s\[\]]*[/.?#][^\s\[\]]*)?|#[^\s\[\]]+)\]")


def has_targets(text: str) -> bool:
    """Return whether addresses stand in brackets behind the links of a text."""
    return ("[http" in text or "[/" in text) and sum(1 for _ in _TARGET.finditer(text)) >= FEWEST


def without_targets(row: str) -> str:
    """Return a row without the addresses behind its links."""
    return _TARGET.sub("", row) if "[" in row else row


def without_addresses(rows: Sequence[str]) -> tuple[list[str], frozenset[str]]:
    """Return the rows above a list of the page's links, and the numbers of those links; all rows and none for no list.

    It is a list of links only at the end, counted from the first ones, and where numbers stand before words.
    """
    numbers, end = _listed(rows)
    if len(numbers) < FEWEST or not _are_in_turn(numbers, next(filter(None, reversed(rows)))[0].isspace()):
        return list(rows), frozenset()
    listed = frozenset(map(str, numbers))
    marked = {found for row in rows[:end] for found in _NUMBER.findall(row)} & listed
    if 2 * len(marked) < len(listed):
        return list(rows), frozenset()
    return list(rows[:end]), frozenset(map(str, range(1, numbers[-1] + 1)))


def _are_in_turn(numbers: Sequence[int], is_indented: bool) -> bool:
    """Return whether numbers are those of a list; some may lack in one that is indented, as programs write it."""
    is_rising = numbers[0] <= FIRST and all(a < b for a, b in pairwise(numbers))
    return is_rising if is_indented else list(numbers) == list(range(1, len(numbers) + 1))


def _listed(rows: Sequence[str]) -> tuple[list[int], int]:
    """Return the numbers in the list of addresses that ends a capture, and the row where it and its headings begin."""
    numbers: list[int] = []
    begin = i = len(rows)
    while i:
        i -= 1
        found = _ADDRESS.fullmatch(rows[i])
        titled = None if found or not i else _TITLED.fullmatch(f"{rows[i - 1]}\n{rows[i]}")
        if found:
            numbers.append(int(found[1] or found[2]))
        elif titled:
            numbers.append(int(titled[1]))
            i -= 1
        elif len(rows[i].split()) > HEADING or _NUMBER.search(rows[i]):
            break
        if rows[i].strip():
            begin = i
            if not (found or titled) and not rows[i][0].isspace():  # the heading of all; others are indented as text
                break
    return numbers[::-1], begin


def without_numbers(text: str, listed: frozenset[str]) -> str:
    """Return a text without the numbers before its links."""
    return _NUMBER.sub(lambda found: "" if found[1] in listed else found[0], text) if listed else text
