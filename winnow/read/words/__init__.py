"""The vocabulary: what months, weekdays, bylines and dates are called, a file for each language.

A file such as `languages/hr.json` has the months and weekdays, each with its forms (from the CLDR, by
`python -m lab.calendar_names`), and lists of words by kind. Forms and words are in lower case, between commas;
`publi*` is a beginning of words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from winnow.text import ONE_UNSPACED

_END = r"(?![^\W\d_])"  # no letter follows
_FAR = re.compile("[\u0530-\u1dff\u3040-\ud7ff]")  # scripts from Armenian to Khmer, and those of East Asia
FOLDER = Path(__file__).with_name("languages")


@cache
def languages() -> Mapping[str, Mapping[str, Any]]:
    """Return the contents of all language files by their codes (ISO 639-1)."""
    return {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.json"))}


def of(kind: str, language: str | None = None) -> tuple[str, ...]:
    """Return the words of a kind (`by`, `published`), in one language or in all; an unknown kind has no words.

    Raises `KeyError` for a language without a file.
    """
    files = languages()
    lists = (files[code].get(kind, "") for code in ([language] if language else files))
    return tuple(dict.fromkeys(word for words in lists for word in split(words)))


def months(language: str) -> list[tuple[str, ...]]:
    """Return the forms of the twelve months in a language, with other spellings that are in use.

    Raises `KeyError` for a language without a file.
    """
    file = languages()[language]
    return [split(forms) + split(also) for forms, also in zip(file["months"], file.get("also", [""] * 12), strict=True)]


def weekdays(language: str) -> list[tuple[str, ...]]:
    """Return the forms of the seven weekdays in a language, from Monday on.

    Raises `KeyError` for a language without a file.
    """
    return [split(forms) for forms in languages()[language]["weekdays"]]


def order(language: str) -> str:
    """Return the order of day, month and year in a language (`dmy`), empty for an unknown language."""
    return str(languages().get(language, {}).get("order", ""))


def split(words: str) -> tuple[str, ...]:
    """Return the words of a list as a language file has it."""
    return tuple(words.split(", ")) if words else ()


def pattern(*kinds: str) -> str:
    """Return a regular expression for the words of some kinds, the longest first; no match ends inside a word.

    Words with the same first letter are one choice: where none matches, few choices are tried.
    """
    rests: dict[str, list[str]] = {}
    for word in sorted({word for kind in kinds for word in of(kind)}, key=lambda word: (-len(word), word)):
        rest = re.escape(word[1:].rstrip("*")) + ("" if _is_open(word) else _END)
        rests.setdefault(word[0], []).append(rest)
    return "|".join(f"{re.escape(first)}(?:{'|'.join(each)})" for first, each in rests.items())


def said(kind: str, text: str) -> bool:
    """Return whether a text has a word of a kind in it, in any language and case, also glued as in `AnnaPublished`."""
    text = text.lower()
    reach = 0 if text.isascii() else 2 if _FAR.search(text) else 1
    if not any(map(text.__contains__, _shortest(kind, reach))):  # most texts
        return False
    return any(stem in text and (open_end or _ends(text, stem)) for stem, open_end in _stems(kind))


@cache
def _shortest(kind: str, reach: int) -> list[str]:
    """Return the words of a kind that a text may have, without those that hold another one.

    `reach` is 0 for a text in ASCII, 1 for one without letters of scripts far from Latin, else 2.
    """
    stems = {
        stem for stem, _ in _stems(kind) if reach == 2 or (stem.isascii() if reach == 0 else not _FAR.search(stem))
    }
    return [stem for stem in stems if not any(other != stem and other in stem for other in stems)]


@cache
def _stems(kind: str) -> list[tuple[str, bool]]:
    """Return the words of a kind, and whether each is only a beginning of words."""
    return [(word.rstrip("*"), _is_open(word)) for word in of(kind)]


def _is_open(word: str) -> bool:
    """Return whether letters may follow a word: on a beginning, and in scripts without spaces (`发布时间`)."""
    return word.endswith("*") or ONE_UNSPACED.match(word[-1]) is not None


def _ends(text: str, word: str) -> bool:
    """Return whether a text has a word in it that no letter follows."""
    return any(not rest[:1].isalpha() for rest in text.split(word)[1:])
