"""What notes state about their page without front matter: rows of properties, or its address in a row of its own.

Programs write such rows above a note (`Author: Ada Lund`, `source:: https://…`, `- URL: https://…`) or below it. Only
rows one of which is an address are taken for properties: other rows of this shape are text, and so are rows in which a
name comes again, as where people speak.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from winnow.read.lines.paged import printed_feet

ABOVE = 8  # rows that are not blank among which the properties of a note begin
FEWEST = 2  # properties of a note, at least
HEAD = 8_000  # characters at either end in which they stand
BESIDE = 4  # rows that are not blank among which an address stands by itself
AROUND = 12  # such rows, among which no other one is an address: lists of links have several

_ROW = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?([^\W\d_][\w -]{0,30}?)(?:\*\*|__)?[ \t]*::?(?:\*\*|__)?(?:[ \t]+(.*))?"
)
_SIGNS = re.compile(r"[\W_]+")
_ADDRESS = re.compile(r"(?:\[[^\[\]]*\]\()?<?(https?://[^\s<>/]+/?[^\s<>]*?)>?\)?", re.IGNORECASE)
_ALONE = re.compile(r"[ \t]*<?(https?://[^\s<>/…]+/[^\s<>…]+?)>?[ \t]*", re.IGNORECASE)
_PRINTED = re.compile(r"https?://[^…]+", re.IGNORECASE)


def split_properties(
    text: str, addresses: Collection[str], known: Collection[str]
) -> tuple[list[tuple[str, str]], str]:
    """Return the names and values of a note's properties, and the text without their rows; no properties where none.

    `addresses` are the names, in lower case and without signs, of properties that are the address of the note's page,
    `known` those that may have blank rows between them.
    """
    if "://" not in text[:HEAD] + text[-HEAD:]:
        return [], text
    rows = text.splitlines()
    for begin, end in (*_above(rows, known), _below(rows)):
        found = [match for row in rows[begin:end] if (match := _ROW.fullmatch(row))]
        listed = [(match[1], (match[2] or "").strip()) for match in found]
        names = {name.lower() for name, _ in listed}  # one that comes twice is somebody who speaks
        if len(names) == len(listed) >= FEWEST and any(_is_address(name, value, addresses) for name, value in listed):
            return listed, "\n".join([*rows[:begin], *rows[end:]])
    return [], text


def lone_address(text: str) -> tuple[str | None, str]:
    """Return the address that stands in a row of its own at the beginning of a text, and the text without that row."""
    if "://" not in text[:HEAD]:
        return None, text
    rows = text[:HEAD].splitlines(keepends=True)
    said = [i for i, row in enumerate(rows) if row.strip()][:AROUND]
    found = [i for i in said if _ALONE.fullmatch(rows[i].rstrip("\r\n"))]
    if len(found) != 1 or found[0] not in said[:BESIDE] or len(said) <= BESIDE:
        return None, text
    address = address_of(rows[found[0]].strip())
    return address, "".join([*rows[: found[0]], "\n", *rows[found[0] + 1 :]]) + text[HEAD:]


def printed_address(text: str) -> str | None:
    """Return the address that a browser has printed below each page of a text, beside or above the page's number."""
    addresses = set(printed_feet(text))
    address = addresses.pop() if len(addresses) == 1 else ""
    return address if _PRINTED.fullmatch(address) else None


def address_of(value: str) -> str | None:
    """Return the address that a value is, alone or as `<https://…>` or `[text](https://…)`; None for other values."""
    found = _ADDRESS.fullmatch(value)
    return found[1] if found else None


def _above(rows: Sequence[str], known: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where the runs of rows near the beginning begin and end that may be properties."""
    end = 0
    for begin in [i for i, row in enumerate(rows[: ABOVE * ABOVE]) if row.strip()][:ABOVE]:
        if begin >= end:
            end = _end(rows, begin, known)
            yield begin, end


def _end(rows: Sequence[str], begin: int, known: Collection[str]) -> int:
    """Return where a run of properties ends; between two that are known, blank rows may stand."""
    end, at, is_known = begin, begin, False
    while at < len(rows) and (found := _ROW.fullmatch(rows[at])):
        was_known, is_known = is_known, _folded(found[1]) in known
        if at > end and not (was_known and is_known):
            break
        end = at = at + 1
        while at < len(rows) and not rows[at].strip():
            at += 1
    return end


def _below(rows: Sequence[str]) -> tuple[int, int]:
    """Return where the rows of properties at the end begin and end."""
    end = len(rows)
    while end and not rows[end - 1].strip():
        end -= 1
    begin = end
    while begin and _ROW.fullmatch(rows[begin - 1]):
        begin -= 1
    return begin, end


def _is_address(name: str, value: str, addresses: Collection[str]) -> bool:
    return _folded(name) in addresses and address_of(value) is not None


def _folded(name: str) -> str:
    return _SIGNS.sub("", name).lower()
