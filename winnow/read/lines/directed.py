"""Undo what programs do to rows from the right: marks of direction, words as they are seen from the left, drawn forms.

`pdftotext` begins each such row with U+202B and each run of figures and Latin letters with U+202A; U+202C ends both.
Signs and spaces beside such a run stand in it, on the side where they are seen. PyMuPDF and pypdf write the words of a
row from left to right, mutool and pdfminer the letters, too, in the forms in which they are drawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

FEWEST = 3  # rows that begin with the mark that ends their sentence, at least, where words are turned
HEAD = 4_000  # characters among which a text from the right has letters
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"

_RUN = re.compile("\u202a([^\u202a-\u202c\r\n]*)\u202c")
_EDGES = re.compile(r"(\W*)(.*?)(\W*)")
_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ANY = re.compile(f"[{_RIGHT}]")
_DRAWN = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_WORD = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]{3,}")
_ENDS_FIRST = re.compile(f"(?m)^[ \t]*[.،؛:؟!,][{_RIGHT}]")
_ENDS_LAST = re.compile(f"(?m)[{_RIGHT}][.،؛:؟!,][ \t\r]*$")
_FROM_LEFT = re.compile(r"[A-Za-z\d](?:[A-Za-z\d.,:/%@-]*[A-Za-z\d])?|.")
_BEFORE = re.compile(rf"(?<=[{_RIGHT}])([.:!,]+)([ \t]+)(?=\S)")  # a mark that pypdf leaves at the word behind its own
_SIGNS = re.compile(r"([.،؛:؟!,]+)(.+)")


def directed(text: str) -> str:
    """Return a text whose rows from the right are in the order in which they are read, without marks of direction."""
    if not _ANY.search(text, 0, HEAD):
        return text
    if "\u202b" in text:
        return _MARKS.sub("", _RUN.sub(_turned, text))
    if _begin_at_end(_WORD.findall(text)):
        return _plain("\n".join(map(_with_letters_turned, text.split("\n"))))
    turned = len(_ENDS_FIRST.findall(text))
    if turned >= FEWEST and turned > len(_ENDS_LAST.findall(text)):
        text = "\n".join(map(_with_words_turned, text.split("\n")))
    return _plain(text)


def _turned(run: re.Match[str]) -> str:
    edges = _EDGES.fullmatch(run[1])
    return edges[3][::-1] + edges[2] + edges[1][::-1] if edges else run[1]


def _begin_at_end(words: Sequence[str]) -> bool:
    """Return whether more words begin with the form of a letter at the end of words than with that at the begin."""
    begins = [unicodedata.name(word[0], "") for word in words]
    return sum("FINAL" in name for name in begins) > sum("INITIAL" in name for name in begins)


def _plain(text: str) -> str:
    """Return a text with letters in place of the forms in which they are drawn."""
    return _DRAWN.sub(lambda drawn: unicodedata.normalize("NFKC", drawn[0]), text)


def _with_letters_turned(row: str) -> str:
    return "".join(reversed(_FROM_LEFT.findall(row))) if _ANY.search(row) else row


def _with_words_turned(row: str) -> str:
    if not _ANY.search(row):
        return row
    row = _BEFORE.sub(r"\2\1", row)
    words = [found[2] + found[1] if (found := _SIGNS.fullmatch(word)) else word for word in row.split()]
    return " ".join(reversed(words))
