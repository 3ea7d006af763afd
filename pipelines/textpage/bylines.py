"""Bylines: the author's name in a line that says so, else nothing."""

from __future__ import annotations

import re

from .lines import unglue

MAX_WORDS = 16

_PARTICLE = r"(?:de|del|della|der|den|van|von|zu|la|le|da|di|do|dos|bin|ibn|al|el|y|e)"
_INITIAL = r"(?:[A-ZÀ-ÖØ-ÞŁŚŻŹĆА-ЯЁ]\.\s?)+"
_WORD = r"[A-ZÀ-ÖØ-ÞŁŚŻŹĆŠŽČА-ЯЁ][\w'’.-]*\w"
_FORM = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir)\.?\s+)?"
_MORE = rf"(?:\s+(?:{_PARTICLE}\s+)*(?:{_WORD}|{_INITIAL}))"
_NAME = rf"{_FORM}(?:{_INITIAL}\s?{_WORD}{_MORE}{{0,2}}|{_WORD}{_MORE}{{1,3}})"
_NAMES = rf"{_NAME}(?:\s*(?:,|&|and|und|et|y|e|en|i|и)\s+{_NAME}){{0,3}}"
_LEAD = (
    r"(?:written by|words by|text by|story by|posted by|published by|author|by|von|text von|autor(?:in)?|par|por|di|da"
    r"|door|autor(?:ka)?|napisa[łl]a?|tekst|автор|auteur|autore)"
)
_BY = re.compile(rf"(?:^|[|•·–—]\s*|\b(?=written|posted|published))(?i:{_LEAD})\s*:?\s+(?P<names>{_NAMES})")
_BY_ONLY = re.compile(rf"(?i:{_LEAD})\s*:?", re.I)
_ALONE = re.compile(_NAMES)
_HAN = re.compile(r"(?:作者|撰文|记者|文)\s*[:：/／|]\s*(?P<names>[\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])")
# Words of which no name consists.
_NO_NAME = re.compile(
    r"\b(?:subscribe|share|read|home|menu|search|blog|news|more|the|about|contact|photo|image|updated|minutes?|comments?|posted"
    r"|category|tags?|follow|article|download|staff|team|editors?|editorial|desk|newsroom|published|redaktion|rédaction|redacción"
    r"|redazione|redakcja|редакция|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|getty|reuters|email|print|guest|contributor|press|agency|agencies|our|your|how|what|why|this)\b",
    re.I,
)


def byline(line: str, following: str = "") -> str | None:
    """Read the author's name from a line like `By Anna Kowalska | May 3`, or from the line after a lone `By`."""
    text = unglue(line).strip()
    if len(text.split()) > MAX_WORDS:
        return None
    if (hit := _HAN.search(text)) is not None:
        return hit["names"]
    if (hit := _BY.search(text)) is not None:
        return _checked(hit["names"])
    if following and _BY_ONLY.fullmatch(text):
        name = unglue(following).strip().rstrip(",|•· ")
        return _checked(name) if _ALONE.fullmatch(name) else None
    return None


def bare_name(line: str) -> str | None:
    """Read a line that is nothing but one person's name, as far as its form can tell."""
    text = line.strip()
    return _checked(text) if re.fullmatch(_NAME, text) and 2 <= len(text.split()) <= 4 else None


def _checked(names: str) -> str | None:
    """Cut a name off where words follow that are part of no name; nothing when too little is left."""
    text = _NO_NAME.split(names)[0].strip(" .,&")
    return text if _ALONE.fullmatch(text) and not any(char.isdigit() for char in text) else None
