"""Bound the cost of a search for the beginning of a word, such as `th*`.

Before SQLite returns the first article, it gathers every occurrence of every word with that beginning, and cannot be
stopped meanwhile: seconds in a large archive. Whole words are looked for one by one, and lazily.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Sequence

from winnow.room.query import Query

GATHERED = 100_000  # occurrences that SQLite gathers in about 10 ms
WORDS = 100  # words that take the place of all common beginnings in a query
CHOSEN_FROM = 400  # the commonest are chosen from so many words, the first in the alphabet
COUNTED = 200  # occurrences of a word, beyond which no more are counted

_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, articles_fts, instance)"
_LAST, _NEXT = "\U0010ffff", "\1"  # put behind a word, it sorts after all words with that beginning; directly after it


def bounded(db: sqlite3.Connection, query: Query) -> tuple[Query, set[str], list[str]]:
    """Return a query with words in place of common beginnings, these words, and the beginnings that have more."""
    beginnings = {term for term in [*query.terms, *query.unwanted] if term.endswith("*")}
    if not beginnings:
        return query, set(), []
    db.execute(_VOCABULARY)
    words: dict[str, list[str]] = {}
    cut = []
    for term in sorted(beginnings):
        before, start = _divided(term)
        if start and _occurrences(db, start, start + _LAST, GATHERED + 1) > GATHERED:
            found = _words(db, start, CHOSEN_FROM // len(beginnings))
            words[term] = [f'"{before}{word}"' for word in _commonest(db, found, WORDS // len(beginnings))]
            cut += [start] if len(found) > len(words[term]) else []

    def spelled(terms: Sequence[str]) -> tuple[str, ...]:
        return tuple(word for term in terms for word in words.get(term, [term]))

    common = {word for found in words.values() for word in found}
    return Query(tuple(map(spelled, query.wanted)), spelled(query.unwanted)), common, cut


def _divided(term: str) -> tuple[str, str]:
    """Return what stands before the last word of a term, and this word as the index holds it: folded, no accents."""
    before, start = re.fullmatch(r'"(.*?)([^\W_]*)[\W_]*"\*', term, re.S).groups()  # type: ignore[union-attr]
    letters = unicodedata.normalize("NFD", start.lower())
    return before, unicodedata.normalize("NFC", "".join(each for each in letters if not unicodedata.combining(each)))


def _words(db: sqlite3.Connection, start: str, limit: int) -> list[str]:
    """Return the first words of the index that begin with `start`, `limit` at most."""
    found: list[str] = []
    sql = "SELECT term FROM temp.words WHERE term >= ? AND term < ? LIMIT 1"
    after = start
    while len(found) < limit and (row := db.execute(sql, [after, start + _LAST]).fetchone()):
        found.append(row[0])
        after = row[0] + _NEXT
    return found


def _commonest(db: sqlite3.Connection, words: list[str], limit: int) -> list[str]:
    if len(words) <= limit:
        return words
    return sorted(words, key=lambda word: -_occurrences(db, word, word + _NEXT, COUNTED))[:limit]


def _occurrences(db: sqlite3.Connection, start: str, end: str, limit: int) -> int:
    sql = "SELECT count(*) FROM (SELECT 1 FROM temp.words WHERE term >= ? AND term < ? LIMIT ?)"
    return int(db.execute(sql, [start, end, limit]).fetchone()[0])
