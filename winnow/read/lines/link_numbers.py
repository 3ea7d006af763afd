"""Undo what text browsers do with links: numbers before each (`[3]Home`), and their addresses below the text.

Lynx and ELinks list the addresses as `3. https://…`, w3m as `[3] https://…`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

FEWEST = 3  # addresses in a list
HEADING = 3  # words of a line above or inside the list that is no address, at most

_ADDRESS = re.compile(r"\s*(?:(\d{1,4})\.|\[(\d{1,4})\])\s+[A-Za-z][\w+.-]*:\S*\s*")
# Unlike the mark of a footnote, a number stands right before a word, and behind no letter or digit of Latin script.
_NUMBER = re.compile(r"(?<![A-Za-z0-9\])])\[(\d{1,4})\](?=[^\W_]|[\"'“„«‘(¿¡#@])")


def without_addresses(rows: Sequence[str]) -> tuple[list[str], frozenset[str]]:
    """Return the rows above a list of the page's links, and the numbers of those links; all rows and none for no list.

    It is a list of links only at the end, counted from one without a gap, and where numbers stand before words.
    """
    numbers, end = _listed(rows)
    if len(numbers) < FEWEST or numbers != list(range(1, len(numbers) + 1)):
        return list(rows), frozenset()
    listed = frozenset(map(str, numbers))
    marked = {found for row in rows[:end] for found in _NUMBER.findall(row)} & listed
    if 2 * len(marked) < len(listed):
        return list(rows), frozenset()
    return list(rows[:end]), listed


def _listed(rows: Sequence[str]) -> tuple[list[int], int]:
    """Return the numbers in the list of addresses that ends a capture, and the row where it and its headings begin."""
    numbers: list[int] = []
    begin = len(rows)
    for i in range(len(rows) - 1, -1, -1):
        found = _ADDRESS.fullmatch(rows[i])
        if found:
            numbers.append(int(found[1] or found[2]))
        elif len(rows[i].split()) > HEADING or _NUMBER.search(rows[i]):
            break
        if rows[i].strip():
            begin = i
            if not found and not rows[i][0].isspace():  # the heading of all; others are indented as the text is
                break
    return numbers[::-1], begin


def without_numbers(text: str, listed: frozenset[str]) -> str:
    """Return a text without the numbers before its links."""
    return _NUMBER.sub(lambda found: "" if found[1] in listed else found[0], text) if listed else text
