"""Find articles by words and filters, ranked and with snippets, at a bounded cost however many articles match.

A common word is in most articles, so no query looks at every match. The newest `RANKED` matches are ranked, by those
words that are not too common to tell anything. Filters are applied to the newest matches; the fewer articles pass the
filters, the more matches. The page says so where some matches were left out. Where little is found, words that are
written nearly alike, and then articles that have most of the words, are tried.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from winnow.room.asked import MAX_PAGES, Asked, Narrowed
from winnow.room.beginnings import bounded
from winnow.room.database import TITLE_SHOWN, Row, rows, value
from winnow.room.filters import LIST, SOME, Condition, condition, passed_of
from winnow.room.instead import corrected, most
from winnow.search.forms import main_language
from winnow.search.passages import marked, shortened, snippets
from winnow.search.query import Query, Term, parse

PER_PAGE = 20
FIRST = 1_000  # articles whose facets can be counted
COUNTED = 20_000  # matches; beyond so many the page says "more than"
RANKED = 5_000  # matches
COMMON = 30_000  # articles; a word in more of them does not count for the ranking
FEW = 100  # articles that pass the filters: few, up to `SOME` some, or many
EXAMINED_SOME, EXAMINED_MANY = 100_000, 5_000  # matches that the filters are applied to, if some or many articles pass
WIDE = 10  # a query with beginnings, very many words, or a phrase and excluded words has so many times fewer examined
WEIGHTS = "8, 3, 1, 4, 0.3"  # of title, description, text, author and other forms in the ranking
READ = 100_000  # characters of a text in which the words found are looked for, to be shown
PASSAGES = 3  # of a text that are shown
BEGINNING = 240  # characters of a text that are shown where no words were looked for
_SEARCHED = {"articles": ("title", "description", "text", "author"), "refused_texts": ("text",)}
LANGUAGES = 1_000  # articles of one language, beyond which no more are counted

_COLUMNS = f"""a.id, substr(a.title, 1, {TITLE_SHOWN}) AS title, substr(a.author, 1, 200) AS author, a.date,
    a.hostname, a.sitename, a.section, a.language, a.word_count, a.page_count, a.first_seen, a.kind"""
LOOKED_UP = 10 * PER_PAGE  # matches whose kinds are looked up at once
LATER = ("documentation", "product", "service", "collection", "listing")  # kinds that come after all others
_IS_LATER = f"ifnull(+kind IN ({', '.join(map(repr, LATER))}), 0)"
_MATCHING = "SELECT rowid FROM articles_search WHERE articles_search MATCH ?"
_NEWEST = f"{_MATCHING} AND rowid > ? ORDER BY rowid DESC LIMIT ?"
# In what order articles come, by `Asked.sort`; an article without a date comes last.
_ORDERS = {
    "": "date DESC, id DESC", "date": "date DESC, id DESC", "oldest": "date IS NULL, date, id", "newest": "id DESC",
    "places": "page_count DESC, id DESC",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results.

    `total` is exact unless `is_more`. `ranked` and `examined` say how many of the newest matches were ranked, or looked
    at for the filters; None means all. `cut` has the beginnings of which only the commonest words were looked for.
    Where nothing had all words, `meant` is the query in words that the archive has. `others` are articles that have
    most of the words, each with those that it has not in `missing`, where few articles or none have all of them. `ids`
    are the first of all matches, in order, as far as this page at least.
    """

    articles: list[Row] = field(default_factory=list)
    total: int = 0
    is_more: bool = False
    ranked: int | None = None
    examined: int | None = None
    cut: list[str] = field(default_factory=list)
    has_next: bool = False
    meant: str = ""
    others: list[Row] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Sought:
    """A search as it is carried out; `query` is None without words."""

    narrowed: Narrowed
    passing: Condition
    languages: list[str]
    query: Query | None

    @classmethod
    def of(cls, db: sqlite3.Connection, asked: Asked, starred: Collection[int]) -> Self:
        """Return what is looked for; `starred` are the ids of the articles with a star."""
        narrowed = Narrowed.of(asked)
        languages = [main_language(narrowed.language)] if narrowed.language else languages_of(db) if asked.q else []
        query = parse(narrowed.words, languages, narrowed.authors)
        return cls(narrowed, condition(db, narrowed, starred), languages, query)


@dataclass(frozen=True, slots=True)
class _Found:
    """Results that have only ids yet; `query` is what has been looked for, with words in place of beginnings."""

    sought: _Sought
    results: Results = field(default_factory=Results)
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class _Matches:
    """The newest matches that pass the filters, `RANKED` at most; `number` is that of all, `examined` as in `Results`.

    There may be more than `COUNTED` if the number is larger than that.
    """

    ids: list[int]
    number: int
    examined: int | None = None


def search(db: sqlite3.Connection, asked: Asked, starred: Collection[int] = ()) -> Results:
    """Return the articles with the words that pass the filters; without words, the newest by date.

    `starred` are the ids of the articles with a star.
    """
    found = _found(db, asked, starred)
    shown = found.results.ids[(asked.page - 1) * PER_PAGE : asked.page * PER_PAGE]
    articles = _with_snippets(db, found.query, shown) if found.query else _with_beginnings(db, shown)
    return replace(found.results, articles=articles, others=_others(db, asked, found))


def ids_of(db: sqlite3.Connection, asked: Asked, starred: Collection[int] = ()) -> list[int]:
    """Return the ids of the articles that a search finds, in order, as far as the page that is asked for at least."""
    return _found(db, asked, starred).results.ids


def count(db: sqlite3.Connection, asked: Asked, starred: Collection[int] = ()) -> int:
    """Return how many articles a search finds, `COUNTED` at most, without ranking them."""
    sought = _Sought.of(db, asked, starred)
    if sought.query is not None:
        return min(COUNTED, _matches(db, bounded(db, sought.query)[0], sought.passing).number)
    sql = f"SELECT 1 FROM articles WHERE {sought.passing.sql} LIMIT {COUNTED}"
    return 0 if sought.narrowed.words else _number(db, sql, sought.passing.values)


def _found(db: sqlite3.Connection, asked: Asked, starred: Collection[int]) -> _Found:
    """Return what a search finds; where nothing has the words, what those find that are written nearly alike."""
    sought = _Sought.of(db, asked, starred)
    narrowed, query = sought.narrowed, sought.query
    if query is None:
        return _Found(sought, Results() if narrowed.words else _browse(db, asked, narrowed, sought.passing))
    found = _ranked(db, asked, sought)
    if found.results.total or not query.wanted:
        return found
    meant = corrected(db, narrowed.words, query)
    nearer = parse(meant, sought.languages, narrowed.authors) if meant else None
    if nearer:
        found = _ranked(db, asked, replace(sought, query=nearer))
    return replace(found, results=replace(found.results, meant=_typed(asked, narrowed, meant)))


def _typed(asked: Asked, narrowed: Narrowed, meant: str) -> str:
    """Return what was typed with other words, and the operators as they were."""
    return meant and asked.q.replace(narrowed.words, meant) if narrowed.words in asked.q else meant


def _others(db: sqlite3.Connection, asked: Asked, found: _Found) -> list[Row]:
    """Return articles that have most of the words, where the results leave room for them on the first page."""
    query, results = found.sought.query, found.results
    room = PER_PAGE - len(results.ids)
    if query is None or asked.page > 1 or asked.sort or room <= 0 or results.cut:
        return []
    if len(query.wanted) < (3 if results.total else 2):  # half of two words are not most of them
        return []
    missing = most(db, query, found.sought.passing, results.ids)
    ids = _best(db, query.terms, sorted(missing, reverse=True), "")
    others = _with_snippets(db, query, sorted(ids, key=lambda each: missing[each].weight)[:room])
    return [{**each, "missing": missing[each["id"]].words} for each in others]


def languages_of(db: sqlite3.Connection) -> list[str]:
    """Return the languages of the articles, the commonest first; an index is asked, once for each."""
    sql = """WITH RECURSIVE each (language) AS (SELECT min(language) FROM articles UNION ALL
            SELECT (SELECT min(language) FROM articles WHERE language > each.language) FROM each
            WHERE each.language IS NOT NULL LIMIT 500)
        SELECT language, (SELECT count(*) FROM (SELECT 1 FROM articles a WHERE a.language = each.language LIMIT ?))
        FROM each WHERE language IS NOT NULL"""
    counted = sorted(db.execute(sql, [LANGUAGES]), key=lambda found: -int(found[1]))
    return list(dict.fromkeys(main_language(language) for language, _ in counted))


def in_table(db: sqlite3.Connection, table: str, column: str, typed: str) -> tuple[str, str | None]:
    """Return an SQL condition that the rows of a table meet which have what was typed, and the value of its `:match`.

    With a `column`, only this column is searched. Of very many matches only the newest count; nothing is found in a
    table without an index.
    """
    key = {"articles": "id", "refused_texts": "page_id"}.get(table)
    query = parse(typed, [] if column else languages_of(db))
    if key is None or query is None or column not in ("", *_SEARCHED[table]):
        return ":match IS NOT NULL", None
    index = f"{table}_search"
    newest = f"SELECT rowid FROM {index} WHERE {index} MATCH :match ORDER BY rowid DESC LIMIT {COUNTED}"
    return f"{key} IN ({newest})", f"{{{column}}} : ({query.match})" if column else query.match


def _ranked(db: sqlite3.Connection, asked: Asked, sought: _Sought) -> _Found:
    assert sought.query
    query, common, cut = bounded(db, sought.query)
    matches = _matches(db, query, sought.passing)
    ids, is_newest, last = matches.ids, asked.sort == "newest", asked.page * PER_PAGE
    if asked.sort:
        ids = ids if is_newest else _ordered(db, ids, asked.sort)
    else:
        telling = [term for term in query.terms if term not in common]
        is_rare = not sought.passing and len(query.terms) == 1 and matches.number <= min(COUNTED, COMMON)
        ids = _best(db, telling, ids, "" if sought.passing else query.match, are_rare=is_rare)
        if "kind" not in sought.narrowed.wanted:
            ids = _first_kinds_first(db, ids, last)
    results = Results(
        ids=ids,
        total=min(matches.number, COUNTED),
        is_more=matches.number > COUNTED,
        ranked=RANKED if matches.number > RANKED and not is_newest else None,
        examined=matches.examined,
        cut=cut,
        has_next=last < len(ids) and asked.page < MAX_PAGES,
    )
    return _Found(sought, results, query)


def _matches(db: sqlite3.Connection, query: Query, passing: Condition) -> _Matches:
    some = EXAMINED_SOME // (WIDE if query.is_wide else 1)
    floor = _floor(db, query, some)
    cut = some if floor else None
    if not passing:
        ids = _ids(db, _NEWEST, [query.match, floor, RANKED])
        older = f"{_MATCHING} AND rowid > ? AND rowid < ? LIMIT ?"
        values = [query.match, floor, ids[-1] if ids else 0, COUNTED + 1 - len(ids)]
        return _Matches(ids, len(ids) + (_number(db, older, values) if len(ids) == RANKED else 0), cut)
    passed = f"SELECT id FROM articles WHERE {passing.sql}"
    number = SOME + 1 if passing.is_costly else _number(db, f"{passed} LIMIT ?", [*passing.values, SOME + 1])
    if number <= FEW:
        ids = _ids(db, f"{_MATCHING} AND rowid IN ({passed}) ORDER BY rowid DESC", [query.match, *passing.values])
        return _Matches(ids, len(ids))
    examined = some if number <= SOME else EXAMINED_MANY
    sql = f"""WITH newest (id) AS ({_NEWEST}) SELECT count(*), min(id), json_group_array(id) FILTER
        (WHERE id IN ({passed if number <= SOME else passed_of("newest", passing)})) FROM newest"""
    looked_at, oldest, listed = db.execute(sql, [query.match, floor, examined + 1, *passing.values]).fetchone()
    ids, is_more = sorted(json.loads(listed), reverse=True), looked_at > examined
    ids = ids[:-1] if is_more and ids[-1:] == [oldest] else ids  # this one only tells that there are more
    return _Matches(ids[:RANKED], len(ids), examined if is_more else cut)


def _floor(db: sqlite3.Connection, query: Query, examined: int) -> int:
    """Return the article id below which nothing is looked for.

    Without this floor, two common words of which one is excluded would be looked up in every article, for a handful of
    matches.
    """
    if not query.unwanted:
        return 0
    return int(value(db, f"{_MATCHING} ORDER BY rowid DESC LIMIT 1 OFFSET ?", [query.required, examined]) or 0)


def _number(db: sqlite3.Connection, sql: str, values: Sequence[Any]) -> int:
    """Return how many rows a query has: SQLite counts them four times as quickly as Python would fetch them."""
    return int(value(db, f"SELECT count(*) FROM ({sql})", values))


def _ordered(db: sqlite3.Connection, ids: list[int], sort: str) -> list[int]:
    sql = f"SELECT id FROM articles INDEXED BY articles_told WHERE id IN {LIST} ORDER BY {_ORDERS[sort]}"
    return _ids(db, sql, [json.dumps(ids)])


def _best(
    db: sqlite3.Connection, terms: Sequence[Term], ids: list[int], match: str, *, are_rare: bool = False
) -> list[int]:
    """Return matches ranked by BM25 over the words that are not too common; matches without these come last.

    `ids` come newest first; `match`, if any, finds just these between the first and the last. BM25 visits every article
    that has one of the words, which SQLite cannot interrupt: common words would take seconds.
    """
    telling = [term.match for term in terms if are_rare or not _is_common(db, term)]
    if not ids or not telling:
        return ids
    of_all = match if len(telling) == len(terms) else ""
    sql = f"""{_MATCHING} AND rowid BETWEEN ? AND ?
        {"" if of_all else f"AND +rowid IN {LIST}"} ORDER BY bm25(articles_search, {WEIGHTS}), rowid DESC"""
    values = [of_all or " OR ".join(telling), min(ids), max(ids), *([] if of_all else [json.dumps(ids)])]
    ranked = _ids(db, sql, values)
    return list(dict.fromkeys([*ranked, *ids]))


def _first_kinds_first(db: sqlite3.Connection, ids: list[int], wanted: int) -> list[int]:
    """Return matches with articles and discussions before all others, at least as many as `wanted` if there are.

    An index alone tells the kinds; only so many matches are looked up as the first `wanted` need.
    """
    kinds = ", ".join(map(repr, LATER))
    sql = f"SELECT id FROM articles INDEXED BY articles_told WHERE id IN {LIST} AND kind IN ({kinds})"
    soon, later = list[int](), list[int]()
    for start in range(0, len(ids), LOOKED_UP):
        some = ids[start : start + LOOKED_UP]
        last = set(_ids(db, sql, [json.dumps(some)]))
        soon += [each for each in some if each not in last]
        later += [each for each in some if each in last]
        if len(soon) >= wanted:
            return [*soon, *later, *ids[start + LOOKED_UP :]]
    return soon + later


def _is_common(db: sqlite3.Connection, term: Term) -> bool:
    return value(db, f"{_MATCHING} LIMIT 1 OFFSET ?", [term.match, COMMON]) is not None


def _ids(db: sqlite3.Connection, sql: str, values: Sequence[Any]) -> list[int]:
    return [found[0] for found in db.execute(sql, values)]


def _with_snippets(db: sqlite3.Connection, query: Query, ids: list[int]) -> list[Row]:
    sql = f"SELECT {_COLUMNS}, substr(a.text, 1, {READ}) AS text FROM articles a WHERE id IN {LIST}"
    found = rows(db, sql, [json.dumps(ids)])
    for article in found:
        language, text = main_language(article["language"]), article.pop("text")
        article["snippets"] = snippets(text, query.terms, language, PASSAGES)
        article["snippet"] = next(iter(article["snippets"]), "")
        article["marked_title"] = marked(article["title"] or "", query.terms, language)
    return _in_order(ids, found)


def _browse(db: sqlite3.Connection, asked: Asked, narrowed: Narrowed, passing: Condition) -> Results:
    """Return the articles that pass the filters in the order asked for, newest date first.

    Articles and discussions come before all other kinds.
    """
    last = asked.page * PER_PAGE
    total, ids = 0, list[int]()
    most = max(last, FIRST if passing else 0)
    for kinds in ("1",) if "kind" in narrowed.wanted or asked.sort else (f"NOT {_IS_LATER}", _IS_LATER):
        those = f"FROM articles WHERE {passing.sql} AND {kinds}"
        if len(ids) < most:
            sql = f"SELECT id {those} ORDER BY {_ORDERS[asked.sort]} LIMIT ?"
            ids += _ids(db, sql, [*passing.values, most - len(ids)])
        total += _number(db, f"SELECT 1 {those} LIMIT ?", [*passing.values, COUNTED + 1 - total])
    return Results(
        ids=ids,
        total=min(total, COUNTED),
        is_more=total > COUNTED,
        has_next=last < total and asked.page < MAX_PAGES,
    )


def _with_beginnings(db: sqlite3.Connection, ids: list[int]) -> list[Row]:
    sql = f"""SELECT {_COLUMNS}, substr(ifnull(a.description, a.text), 1, {3 * BEGINNING}) AS beginning
        FROM articles a WHERE id IN {LIST}"""
    found = rows(db, sql, [json.dumps(ids)])
    for article in found:
        article["snippet"] = shortened(article.pop("beginning"), BEGINNING)
        article["snippets"] = [article["snippet"]]
    return _in_order(ids, found)


def _in_order(ids: list[int], found: list[Row]) -> list[Row]:
    by_id = {row["id"]: row for row in found}
    return [by_id[article_id] for article_id in ids]
