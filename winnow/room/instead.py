"""What to look for where no article has all words: words that are written nearly alike, and then fewer words."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace

from winnow.room.beginnings import VOCABULARY, occurrences
from winnow.room.database import value
from winnow.search.near import MAX_LETTERS, distance, edits
from winnow.search.query import Query, Term

COUNTED = 1_000  # occurrences of a word, beyond which no more are counted
WALKED = 3_000  # words of the index that are compared with one word
SAME, FAR_FROM = 2, 6  # letters at the beginning that two such words share; letters of a word that may have two faults
_LAST, _NEXT = "\U0010ffff", "\1"


def corrected(db: sqlite3.Connection, typed: str, query: Query) -> str:
    """Return what was typed with words that the archive has in place of those that it has not; "" if there are none."""
    db.execute(VOCABULARY)
    meant = typed
    for term in query.terms:
        is_word = len(term.ways[0]) == 1 and not term.is_exact and not term.is_start
        if is_word and not _is_found(db, term) and (word := _nearest(db, term.ways[0][0])):
            meant = re.sub(rf"(?<!\S){re.escape(term.typed)}(?!\S)", word, meant)
    return meant if meant != typed else ""


def fewer(db: sqlite3.Connection, query: Query) -> tuple[Query | None, list[str]]:
    """Return the query without the words that no article has, then without the commonest, until an article has all.

    Also returns the words left out; None in place of the query if no word is left.
    """
    there = {terms: sum(_count(db, term) for term in terms) for terms in query.wanted}
    left = sorted((terms for terms in there if there[terms]), key=lambda terms: there[terms])
    while left and not _is_found(db, replace(query, wanted=tuple(left))):
        left.pop()
    left_out = [" OR ".join(term.typed for term in terms) for terms in query.wanted if terms not in left]
    return replace(query, wanted=tuple(left)) if left else None, left_out


def _is_found(db: sqlite3.Connection, sought: Query | Term) -> bool:
    sql = "SELECT EXISTS (SELECT 1 FROM articles_search WHERE articles_search MATCH ?)"
    return bool(value(db, sql, [sought.match]))


def _count(db: sqlite3.Connection, term: Term) -> int:
    sql = "SELECT count(*) FROM (SELECT 1 FROM articles_search WHERE articles_search MATCH ? LIMIT ?)"
    return int(value(db, sql, [term.match, COUNTED]))


def _nearest(db: sqlite3.Connection, word: str) -> str:
    """Return the word of the index that is written most nearly like a folded word, of several the commonest."""
    if not 2 < len(word) < MAX_LETTERS:
        return ""
    near = _known(db, {each for each in edits(word) if len(each) > 1})
    if not near and len(word) >= FAR_FROM:
        near = [each for each in _beginning_alike(db, word) if distance(word, each) == 2]
    return max(sorted(near), key=lambda each: occurrences(db, each, each + _NEXT, COUNTED), default="")


def _known(db: sqlite3.Connection, words: set[str]) -> list[str]:
    """Return those of some words that the index has."""
    known = "EXISTS (SELECT 1 FROM temp.words WHERE term = each.value)"
    sql = f"SELECT each.value FROM json_each(?) each WHERE {known}"
    return [found[0] for found in db.execute(sql, [json.dumps(sorted(words))])]


def _beginning_alike(db: sqlite3.Connection, word: str) -> list[str]:
    """Return words of the index that begin with the same letters and are about as long."""
    sql = "SELECT term FROM temp.words WHERE term >= ? AND term < ? LIMIT 1"
    start = after = word[:SAME]
    found: list[str] = []
    for _ in range(WALKED):
        row = db.execute(sql, [after, start + _LAST]).fetchone()
        if row is None:
            break
        found += [row[0]] if abs(len(row[0]) - len(word)) < 3 else []
        after = row[0] + _NEXT
    return found
