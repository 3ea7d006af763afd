"""Other articles about the event that an article is about: of the same days, with the same names and rare words.

What two accounts of an event share are the names of people, places and things, which are rare in the archive; a text
that was copied shares all words, and is no other article. No index is kept for it: the words of one article are looked
up when it is shown.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from winnow.room.database import TITLE_SHOWN, Row, rows, value
from winnow.search.fold import UNSPACED, words
from winnow.search.forms import main_language
from winnow.search.query import parse

DAYS = 5  # before and after
WINDOW = 5_000  # articles of these days that are looked at, the newest
READ = 20_000  # characters of a text
LOOKED_UP = 30  # words of an article
RARE = 1_000  # articles; a word in more of them tells nothing
ENOUGH = 1.5  # what is shared, in words that only one article has
NAMES = 2  # shared names and numbers at least
PART = 0.4  # what a piece of a run of characters counts, which is a part of a name, or of any word
SHOWN = 6
_TOKEN = re.compile(rf"[^\W\d_{UNSPACED}][\w'’-]*|\d{{2,}}|[{UNSPACED}]+")
# Words of Japanese and Chinese as their scripts tell them: Han characters in a row, and a foreign name in katakana.
_RUN = re.compile(r"[\u4e00-\u9fff]{2,}|[\u30a1-\u30fa\u30fc・]{3,12}(?![\u30a1-\u30fa\u30fc])")
_SHORT_RUN, _PIECE = 4, 3  # characters of a run that is one word, and of the pieces into which a longer one is cut
_BEGINS = re.compile(r"(?:^|[.!?:;…»”“\"„«—–(\n])\s*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that may tell an event: as it is searched for, and whether it is a name or a number."""

    text: str
    is_name: bool

    @property
    def share(self) -> float:
        """Return what the word counts."""
        return PART if len(self.text) == _PIECE and _is_unspaced(self.text) else 1.0


def also_about(db: sqlite3.Connection, article: Row) -> list[Row]:
    """Return other articles about the same event, the likeliest first; none for an article without a day."""
    ids = _of_these_days(db, article)
    if not ids:
        return []
    total = int(value(db, "SELECT max(id) FROM articles"))
    scores, names = defaultdict[int, float](float), defaultdict[int, float](float)
    for word in telling(article["title"] or "", article["text"][:READ]):
        found = _with_word(db, word.text, main_language(article["language"]))
        if not 0 < len(found) <= RARE:
            continue
        weight = math.log(1 + total / len(found)) / math.log(1 + total)
        for each in found & ids:
            scores[each] += weight * word.share
            names[each] += word.is_name * word.share
    likely = [each for each in scores if scores[each] >= ENOUGH and names[each] >= NAMES]
    likely.sort(key=lambda each: (-scores[each], each))
    sql = f"""SELECT id, substr(ifnull(title, 'Untitled'), 1, {TITLE_SHOWN}) AS title, date, hostname, sitename,
        language FROM articles WHERE id = ?"""
    return [found for each in likely[:SHOWN] for found in rows(db, sql, [each])]


def _of_these_days(db: sqlite3.Connection, article: Row) -> set[int]:
    try:
        day = date.fromisoformat(str(article["date"])[:10])
        first, last = day - timedelta(DAYS), day + timedelta(DAYS)
    except (ValueError, OverflowError):
        return set()
    sql = "SELECT id FROM articles WHERE date >= ? AND date <= ? AND id != ? ORDER BY date DESC LIMIT ?"
    return {found[0] for found in db.execute(sql, [first.isoformat(), f"{last}T", article["id"], WINDOW])}


def _with_word(db: sqlite3.Connection, word: str, language: str) -> set[int]:
    query = parse(word, [language])
    if query is None:
        return set()
    match = f"{{title description text forms}} : ({query.match})"
    sql = "SELECT rowid FROM articles_search WHERE articles_search MATCH ? ORDER BY rowid DESC LIMIT ?"
    return {found[0] for found in db.execute(sql, [match, RARE + 1])}


def telling(title: str, text: str) -> list[Word]:
    """Return words that may tell an event: names and numbers, then those of the title, then long words."""
    places: dict[str, int] = {}
    names, often = set[str](), Counter[str]()
    for part, is_title in ((title, True), (text, False)):
        for word, is_name in _tokens(part):
            often[word] += 1
            places.setdefault(word, len(places) - (10_000 if is_title else 0))
            names |= {word} if is_name else set()
    small = {word for word in often if len(word) < 4 and not _is_unspaced(word)}
    kept = [word for word in often if word in names or (word not in small and (often[word] > 1 or places[word] < 0
            or len(word) > 6))]  # fmt: skip
    kept.sort(key=lambda word: (word not in names, places[word] >= 0, -often[word], places[word]))
    return [Word(word, word in names) for word in kept[:LOOKED_UP]]


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of a text as they are searched for, and whether they are names or numbers.

    A word is a name if it begins with a capital inside a sentence; of scripts without spaces, Han characters and
    katakana are.
    """
    for found in _TOKEN.finditer(text):
        token = found[0]
        if _is_unspaced(token):
            yield from ((word, True) for run in _RUN.findall(token) for word in _pieces(run))
            continue
        folded = words(token.removesuffix("'s").removesuffix("’s"))
        is_inside = not _BEGINS.search(text[max(0, found.start() - 6) : found.start()])
        if len(folded) == 1:
            yield folded[0], token[0].isdecimal() or (token[0].isupper() and is_inside and len(token) > 2)


def _pieces(run: str) -> list[str]:
    """Return a run of characters as words: one, or if it is long each piece of it."""
    if len(run) <= _SHORT_RUN or not "\u4e00" <= run[0] <= "\u9fff":
        return [run]
    return [run[at : at + _PIECE] for at in range(len(run) - _PIECE + 1)]


def _is_unspaced(token: str) -> bool:
    return bool(re.match(f"[{UNSPACED}]", token))
