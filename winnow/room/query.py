"""Turn whatever people type into a search box into a full-text query that SQLite accepts."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_LENGTH, MAX_TERMS = 1000, 16

_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
# Scripts written without spaces: the index takes whole phrases for words, so a word is only found at their beginning.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Query:
    """FTS5 terms to look for: at least one of each tuple in `wanted` must occur, none of `unwanted`."""

    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[str, ...] = ()

    @property
    def required(self) -> str:
        """Return the FTS5 expression for the wanted terms."""
        return " AND ".join(f"({' OR '.join(terms)})" for terms in self.wanted)

    @property
    def match(self) -> str:
        """Return the whole FTS5 expression."""
        return f"({self.required}) NOT ({' OR '.join(self.unwanted)})" if self.unwanted else self.required

    @property
    def is_wide(self) -> bool:
        """Return whether SQLite must gather much before the first match, or compare much for each match."""
        terms = [*self.terms, *self.unwanted]
        has_phrase = any(" " in term for term in terms)
        return len(terms) > MAX_TERMS or any(term.endswith("*") for term in terms) or bool(has_phrase and self.unwanted)

    @property
    def terms(self) -> list[str]:
        """Return the wanted terms, each once."""
        return list(dict.fromkeys(term for terms in self.wanted for term in terms))


def parse(typed: str) -> Query | None:
    """Return the query that was typed; None if it has no word to look for.

    All words must occur; "…" is a phrase, OR between two words accepts either, a leading - excludes a word, a trailing
    * accepts other endings. Everything else is taken literally.
    """
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    either = False
    for minus, phrase, word in _TERM.findall(typed[:MAX_LENGTH])[:MAX_TERMS]:
        if word in ("OR", "AND") and not minus:
            either = word == "OR" and bool(wanted)
            continue
        term = _quoted(phrase or word, is_word=bool(word))
        if term is None:
            continue
        if minus:
            unwanted.append(term)
        elif either:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        either = False
    return Query(tuple(map(tuple, wanted)), tuple(unwanted)) if wanted else None


def _quoted(text: str, is_word: bool) -> str | None:
    if not any(character.isalnum() for character in text):
        return None
    is_start = is_word and (text.endswith("*") or _UNSPACED.search(text) is not None)
    text = text.replace("\0", " ").encode("utf-8", "replace").decode()
    return f'"{text}"' + ("*" if is_start else "")
