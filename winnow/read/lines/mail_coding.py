"""Undo quoted-printable (RFC 2045, section 6.7), in which mail writes text, where a program saved it as it was sent."""

from __future__ import annotations

import re

FEWEST = 3  # ends of rows or characters that tell the coding
ROW = (60, 77)  # characters of a row that goes on in the next one: programs fill the 76 that are allowed

_SOFT_END = re.compile(r"=[ \t]*\r?\n")
_BYTES = re.compile(r"(?:=[0-9A-F]{2})+")
_CHARACTER = re.compile(r"=(?:[CD][0-9A-F]|E[0-9A-F]=[89AB][0-9A-F]|F[0-4](?:=[89AB][0-9A-F]){2})=[89AB][0-9A-F]")


def decoded(text: str) -> str:
    """Return a text without quoted-printable; a text in which nothing tells this coding as it is."""
    if "=" not in text or not _is_coded(text):
        return text
    return _BYTES.sub(_characters, _SOFT_END.sub("", text))


def _is_coded(text: str) -> bool:
    """Return whether the rows of a text end as the coding ends them, or characters are written as it writes them."""
    ends = [len(row) for row in text.splitlines() if row.endswith("=")]
    full = sum(ROW[0] <= size <= ROW[1] for size in ends)
    return max(full if 2 * full > len(ends) else 0, len(_CHARACTER.findall(text))) >= FEWEST


def _characters(found: re.Match[str]) -> str:
    """Return what some bytes stand for: in UTF-8, or else in the coding of Western mail."""
    octets = bytes.fromhex(found[0].replace("=", ""))
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")
