"""What to look for where few articles have all words: words written nearly alike, and articles with most words."""

from __future__ import annotations

import heapq
import json
import math
import re
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from winnow.room.beginnings import VOCABULARY, occurrences
from winnow.room.database import value
from winnow.room.filters import LIST, Condition, passed_of
from winnow.search.near import MAX_LETTERS, distance, edits
from winnow.search.query import Query, Term

GATHERED = 5_000  # articles that have a word, the newest, which are looked at
EXAMINED, KEPT = 2_000, 200  # articles with most words by weight that are looked at, and that are ranked
COUNTED = 1_000  # occurrences of a word, beyond which no more are counted
WALKED = 3_000  # words of the index that are compared with one word
SAME, FAR_FROM = 2, 6  # letters at the beginning that two such words share; letters of a word that may have two faults
_LAST, _NEXT = "\U0010ffff", "\1"
_Terms = tuple[Term, ...]


def corrected(db: sqlite3.Connection, typed: str, query: Query) -> str:
    """Return what was typed with words that the archive has in place of those that it has not; "" if there are none."""
    db.execute(VOCABULARY)
    meant = typed
    for term in query.terms:
        is_word = len(term.ways[0]) == 1 and not term.is_exact and not term.is_start
        if is_word and not _is_found(db, term) and (word := _nearest(db, term.ways[0][0])):
            meant = re.sub(rf"(?<!\S){re.escape(term.typed)}(?!\S)", word, meant)
    return meant if meant != typed else ""


@dataclass(frozen=True, slots=True)
class Missing:
    """What an article has not of a query: the words, and how much they weigh, rare words more."""

    words: list[str]
    weight: float


def most(db: sqlite3.Connection, query: Query, passing: Condition, but: Collection[int]) -> dict[int, Missing]:
    """Return articles that have most of the words of a query but not all, and pass its filters, without some.

    A word weighs the logarithm of how rare it is, as it does in BM25. Those articles count which lack at most half of
    the weight that an article can have; where there are none, those which have any word that some article has.
    """
    total = int(value(db, "SELECT max(id) FROM articles") or 1)
    found = {terms: _newest_with(db, terms) for terms in query.wanted}
    there = {terms: ids for terms, ids in found.items() if ids}
    weights = {terms: math.log(1 + total / len(ids)) for terms, ids in there.items()}
    candidates = _candidates(there, weights)
    passed = _passing(db, query, passing, candidates - set(but))
    missing = {each: Missing([], 0.0) for each in passed}
    for terms in query.wanted:
        has = found[terms] if len(found[terms]) < GATHERED else _among(db, terms, passed)
        word, weight = " OR ".join(term.typed for term in terms), weights.get(terms, 0.0)
        for each in passed - has:
            missing[each] = Missing([*missing[each].words, word], missing[each].weight + weight)
    return _nearest_to_all(missing, sum(weights.values()))


def _nearest_to_all(missing: dict[int, Missing], whole: float) -> dict[int, Missing]:
    kept = {each: lacks for each, lacks in missing.items() if lacks.weight <= whole / 2}
    kept = kept or missing
    return {each: kept[each] for each in sorted(kept, key=lambda each: (kept[each].weight, -each))[:KEPT]}


def _newest_with(db: sqlite3.Connection, terms: tuple[Term, ...]) -> set[int]:
    sql = "SELECT rowid FROM articles_search WHERE articles_search MATCH ? ORDER BY rowid DESC LIMIT ?"
    match = " OR ".join(term.match for term in terms)
    return {found[0] for found in db.execute(sql, [match, GATHERED])}


def _candidates(there: Mapping[_Terms, set[int]], weights: Mapping[_Terms, float]) -> set[int]:
    """Return the articles that have the rarest words; commoner words add only articles that have a rarer one too."""
    scores: dict[int, float] = {}
    for terms in sorted(there, key=lambda terms: -weights[terms]):
        is_full = len(scores) > GATHERED
        for each in there[terms]:
            if not is_full or each in scores:
                scores[each] = scores.get(each, 0.0) + weights[terms]
    return set(heapq.nlargest(EXAMINED, scores, key=lambda each: (scores[each], each)))


def _passing(db: sqlite3.Connection, query: Query, passing: Condition, ids: set[int]) -> set[int]:
    """Return those of some articles that pass the filters, are by the author, and have no excluded word."""
    values = [json.dumps(list(ids)), *passing.values]
    passed = {found[0] for found in db.execute(passed_of(LIST, passing), values)} if passing else ids
    if query.authors:
        passed = _in_index(db, " OR ".join(query.authors), passed)
    return passed - (_among(db, query.unwanted, passed) if query.unwanted else set())


def _among(db: sqlite3.Connection, terms: tuple[Term, ...], ids: set[int]) -> set[int]:
    return _in_index(db, " OR ".join(term.match for term in terms), ids)


def _in_index(db: sqlite3.Connection, match: str, ids: set[int]) -> set[int]:
    sql = f"SELECT rowid FROM articles_search WHERE articles_search MATCH ? AND rowid IN {LIST}"
    return {found[0] for found in db.execute(sql, [match, json.dumps(sorted(ids))])}


def _is_found(db: sqlite3.Connection, sought: Query | Term) -> bool:
    sql = "SELECT EXISTS (SELECT 1 FROM articles_search WHERE articles_search MATCH ?)"
    return bool(value(db, sql, [sought.match]))


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
