"""Turn whatever people type into a search box into a full-text query that SQLite accepts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from winnow.search.fold import words
from winnow.search.forms import forms_asked_for

MAX_LENGTH, MAX_TERMS = 1000, 16

_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
# Where the words of a text stand in the index; beside them, in the column `forms`, stand other forms of these words.
_AS_WRITTEN = "- forms : "


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase to look for, as it was typed, and the words in a row that it may be.

    The first of `ways` is what was typed, the others are other forms. With `is_start` the last word may go on; with
    `is_exact` other forms of it are not meant.
    """

    typed: str
    ways: tuple[tuple[str, ...], ...]
    is_start: bool = False
    is_exact: bool = False

    @property
    def match(self) -> str:
        """Return the FTS5 expression for an index of folded words."""
        ways = [self._one(way) for way in self.ways]
        return ways[0] if len(ways) == 1 else f"({' OR '.join(ways)})"

    def _one(self, way: tuple[str, ...]) -> str:
        is_bare = len(way) == 1 and not self.is_exact
        return ("" if is_bare else _AS_WRITTEN) + f'"{" ".join(way)}"' + ("*" if self.is_start else "")


@dataclass(frozen=True, slots=True)
class Query:
    """Terms to look for: at least one of each tuple in `wanted` must occur, none of `unwanted`.

    One of `authors`, if there are any, must be the author, as FTS5 expressions.
    """

    wanted: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...] = ()
    authors: tuple[str, ...] = ()

    @property
    def required(self) -> str:
        """Return the FTS5 expression for the wanted terms and the author."""
        wanted = [[term.match for term in terms] for terms in self.wanted]
        return _all_of([*wanted, *([self.authors] if self.authors else [])])

    @property
    def match(self) -> str:
        """Return the whole FTS5 expression, for an index of folded words."""
        return _without(self.required, [term.match for term in self.unwanted])

    @property
    def is_wide(self) -> bool:
        """Return whether SQLite must gather much before the first match, or compare much for each match."""
        terms = [*self.terms, *self.unwanted]
        has_phrase = any(len(way) > 1 for term in terms for way in term.ways)
        ways = sum(len(term.ways) for term in terms)
        return ways > 4 * MAX_TERMS or any(term.is_start for term in terms) or bool(has_phrase and self.unwanted)

    @property
    def terms(self) -> list[Term]:
        """Return the wanted terms, each once."""
        return list(dict.fromkeys(term for terms in self.wanted for term in terms))


def parse(typed: str, languages: Iterable[str] = (), authors: Iterable[str] = ()) -> Query | None:
    """Return the query that was typed, by one of some authors if there are any; None if it has no word to look for.

    All words must occur, in this form or another of one of the `languages`; "…" is a phrase, as it stands; OR between
    two words accepts either, a leading - excludes a word, a trailing * accepts other endings. Everything else is taken
    literally.
    """
    wanted: list[list[Term]] = []
    unwanted: list[Term] = []
    either = False
    for minus, phrase, word in _TERM.findall(typed[:MAX_LENGTH])[:MAX_TERMS]:
        if word in ("OR", "AND") and not minus:
            either = word == "OR" and bool(wanted)
            continue
        term = _term(phrase or word, word, () if minus else languages, is_exact=bool(minus) or not word)
        if term is None:
            continue
        if minus:
            unwanted.append(term)
        elif either:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        either = False
    named = tuple(f'author : "{" ".join(words(name))}"' for name in authors if words(name))
    return Query(tuple(map(tuple, wanted)), tuple(unwanted), named) if wanted or named else None


def _term(text: str, word: str, languages: Iterable[str], is_exact: bool) -> Term | None:
    text = text.replace("\0", " ").encode("utf-8", "replace").decode()
    typed = tuple(words(text))
    if not typed:
        return None
    is_start = word.endswith("*")
    forms = [] if is_exact or is_start else forms_asked_for(text, languages)
    return Term(text, (typed, *((form,) for form in forms)), is_start, is_exact)


def _all_of(wanted: Iterable[Iterable[str]]) -> str:
    return " AND ".join(f"({' OR '.join(terms)})" for terms in wanted)


def _without(required: str, unwanted: list[str]) -> str:
    return f"({required}) NOT ({' OR '.join(unwanted)})" if unwanted else required
