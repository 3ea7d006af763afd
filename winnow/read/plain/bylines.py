"""Bylines: the author's name in a line that says so, else nothing."""

from __future__ import annotations

import re

from winnow.read import words
from winnow.read.lines.line import unglue
from winnow.read.metadata.names import BY as BY  # noqa: PLC0414 - the one way to names of people
from winnow.read.metadata.names import read_names

MAX_WORDS = 16

_PARTICLE = r"(?:de|del|della|der|den|van|von|zu|la|le|da|di|do|dos|bin|ibn|al|el|y|e)"
_INITIAL = r"(?:[A-ZÀ-ÖØ-ÞŁŚŻŹĆА-ЯЁ]\.\s?)+"
_WORD = r"[A-ZÀ-ÖØ-ÞŁŚŻŹĆŠŽČА-ЯЁ][\w'’.-]*\w"
_FORM = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir)\.?\s+)?"
_MORE = rf"(?:\s+(?:{_PARTICLE}\s+)*(?:{_WORD}|{_INITIAL}))"
_NAME = rf"{_FORM}(?:{_INITIAL}\s?{_WORD}{_MORE}{{0,2}}|{_WORD}{_MORE}{{1,3}})"
_NAMES = rf"{_NAME}(?:\s*(?:,|&|{words.pattern('and')})\s+{_NAME}){{0,3}}"
_BY_WORDS = ("written by", "words by", "text by", "story by", "posted by", "published by")
_LEAD = rf"(?:{'|'.join(_BY_WORDS)}|{words.pattern('by', 'author', 'text')})"
_BY = re.compile(rf"(?:^|[|•·–—]\s*|\b(?=written|posted|published))(?i:{_LEAD})\s*:?\s+(?P<names>{_NAMES})")
_BY_ONLY = frozenset((*_BY_WORDS, *words.of("by"), *words.of("author"), *words.of("text")))
_ALONE = re.compile(_NAMES)
_BY_HAN = "|".join((*words.of("author", "zh"), *words.of("role", "zh")))
_HAN = re.compile(rf"(?:{_BY_HAN})\s*[:：/／|]\s*(?P<names>[\u4e00-\u9fff]{{2,4}})(?![\u4e00-\u9fff])")
# Words of which no name consists: where they follow one it ends.
_NO_NAME = re.compile(
    r"\b(?:subscribe|share|read|home|menu|search|blog|news|more|the|about|contact|photo|image|updated|minutes?|comments?|posted"
    r"|category|tags?|follow|article|download|published|getty|reuters|email|print|guest|contributor"
    r"|our|your|how|what|why|this|in|view|released|disclosure"
    rf"|tips|hub|trends|select|checked|{'|'.join(name for name, *_ in words.months('en'))})\b",
    re.I,
)
_GLUED = re.compile(r"[^\W\d_A-Z]{3}[A-ZÀ-Þ]")  # `CentreLatest`, not `McNamara` or `DeSiato`


def byline(line: str, following: str = "") -> str | None:
    """Read the author's name from a line like `By Anna Kowalska | May 3`, or from the line after a lone `By`."""
    text = unglue(line).strip()
    if len(text.split()) > MAX_WORDS:
        return None
    if (hit := _HAN.search(text)) is not None:
        return hit["names"]
    if (hit := _BY.search(text)) is not None:
        return _whole(_checked(hit["names"]), line)
    if following and text.lower().rstrip(" :") in _BY_ONLY:
        name = unglue(following).strip().rstrip(",|•· ")
        return _whole(_checked(name), following) if _ALONE.fullmatch(name) else None
    return None


def signed(line: str) -> str | None:
    """Read who wrote it from a line that begins with a byline word (`Von Ida Verlane, Brunnau`)."""
    text = unglue(line).strip()
    hit = _BY.match(text)
    return _whole(_checked(hit["names"]), line) if hit else None


def bare_name(line: str) -> str | None:
    """Read a line that is nothing but one person's name, as far as its form can tell."""
    text = line.strip()
    parts = text.split()
    if not 2 <= len(parts) <= 4 or len(set(parts)) < len(parts) or _GLUED.search(text):
        return None
    return _checked(text) if re.fullmatch(_NAME, text) else None


def _whole(names: str | None, line: str) -> str | None:
    """Undo `Mc Kay` where the line says `McKay`: a word of which both halves are part of the name was never glued."""
    for token in line.split():
        word = token.strip(",;|·•")
        if names and (apart := unglue(word)) != word:
            names = names.replace(apart, word)
    return names


def _checked(names: str) -> str | None:
    """Cut names off where words follow that are part of none; nothing when what is left is not people's names."""
    return "; ".join(read_names(_NO_NAME.split(names)[0].strip(" .,&"), formal=False)) or None
