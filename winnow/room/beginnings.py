"""Bound the cost of a search for the beginning of a word, such as `th*`.

Before SQLite returns the first article, it gathers every occurrence of every word with that beginning, and cannot be
stopped meanwhile: seconds in a large archive. Whole words are looked for one by one, and lazily.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from winnow.search.query import Query, Term

GATHERED = 100_000  # occurrences that SQLite gathers in about 10 ms
WORDS = 100  # words that take the place of all common beginnings in a query
CHOSEN_FROM = 400  # the commonest are chosen from so many words, the first in the alphabet
COUNTED = 200  # occurrences of a word, beyond which no more are counted

VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, articles_search, instance)"
_LAST, _NEXT = "\U0010ffff", "\1"  # put behind a word, it sorts after all words with that beginning; directly after it


def bounded(db: sqlite3.Connection, query: Query) -> tuple[Query, set[Term], list[str]]:
    """Return a query with words in place of common beginnings, these terms, and the beginnings that have more."""
    beginnings = {term for term in [*query.terms, *query.unwanted] if term.is_start}
    if not beginnings:
        return query, set(), []
    db.execute(VOCABULARY)
    spelled: dict[Term, Term] = {}
    cut = []
    for term in sorted(beginnings, key=lambda term: term.ways):
        [[*before, start]] = term.ways
        if occurrences(db, start, start + _LAST, GATHERED + 1) > GATHERED:
            found = _words(db, start, CHOSEN_FROM // len(beginnings))
            chosen = _commonest(db, found, WORDS // len(beginnings))
            spelled[term] = replace(term, ways=tuple((*before, word) for word in chosen), is_start=False)
            cut += [start] if len(found) > len(chosen) else []
    wanted = tuple(tuple(spelled.get(term, term) for term in terms) for terms in query.wanted)
    unwanted = tuple(spelled.get(term, term) for term in query.unwanted)
    return Query(wanted, unwanted), set(spelled.values()), cut


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
    return sorted(words, key=lambda word: -occurrences(db, word, word + _NEXT, COUNTED))[:limit]


def occurrences(db: sqlite3.Connection, start: str, end: str, limit: int) -> int:
    """Return how often the words from `start` to before `end` are in the index, `limit` at most."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM temp.words WHERE term >= ? AND term < ? LIMIT ?)"
    return int(db.execute(sql, [start, end, limit]).fetchone()[0])
