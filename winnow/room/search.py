"""Find articles by words and filters, ranked and with snippets, at a bounded cost however many articles match.

A common word is in most articles, so no query looks at every match. The newest `RANKED` matches are ranked, by those
words that are not too common to tell anything. Filters are applied to the newest matches; the fewer articles pass the
filters, the more matches. The page says so where some matches were left out. Where nothing is found, words that are
written nearly alike, and then fewer words, are tried.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from winnow.room.beginnings import bounded
from winnow.room.database import TITLE_SHOWN, Row, rows, value
from winnow.room.instead import corrected, fewer
from winnow.search.forms import main_language
from winnow.search.passages import marked, snippet
from winnow.search.query import Query, Term, parse

PER_PAGE = 20
MAX_PAGES = 50
COUNTED = 20_000  # matches; beyond so many the page says "more than"
RANKED = 5_000  # matches
COMMON = 30_000  # articles; a word in more of them does not count for the ranking
FEW, SOME = 100, 50_000  # articles that pass the filters: few, some, or many
EXAMINED_SOME, EXAMINED_MANY = 100_000, 5_000  # matches that the filters are applied to, if some or many articles pass
WIDE = 10  # a query with beginnings, very many words, or a phrase and excluded words has so many times fewer examined
WEIGHTS = "8, 3, 1, 4, 0.3"  # of title, description, text, author and other forms in the ranking
READ = 100_000  # characters of a text in which the words found are looked for, to be shown
_SEARCHED = {"articles": ("title", "description", "text", "author"), "refused_texts": ("text",)}
LANGUAGES = 1_000  # articles of one language, beyond which no more are counted

_LIST = "(SELECT value FROM json_each(?))"
_COLUMNS = f"""a.id, substr(a.title, 1, {TITLE_SHOWN}) AS title, substr(a.author, 1, 200) AS author, a.date,
    a.hostname, a.sitename, a.section, a.language, a.word_count, a.page_count, a.kind"""
LOOKED_UP = 10 * PER_PAGE  # matches whose kinds are looked up at once
LATER = ("documentation", "product", "service", "collection", "listing")  # kinds that come after all others
_IS_LATER = f"ifnull(+kind IN ({', '.join(map(repr, LATER))}), 0)"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the search form asks for; `kind` may be several, divided by commas."""

    q: str = ""
    site: str = ""
    section: str = ""
    language: str = ""
    kind: str = ""
    year: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def from_form(cls, form: Mapping[str, str]) -> Self:
        """Return what a form asks for; a value that makes no sense counts as not given."""
        said = {name: (form.get(name) or "").strip()[:1000] for name in (f.name for f in fields(cls)) if name != "page"}
        number = form.get("page") or ""
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        return cls(**said, page=min(max(page, 1), MAX_PAGES))

    @property
    def is_filtered(self) -> bool:
        """Return whether any filter is set."""
        return bool(self.site or self.section or self.language or self.kind or self.year)

    def without(self, *names: str) -> dict[str, str]:
        """Return the filled fields for a link, without the page number and the fields named."""
        said = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "page"}
        return {name: text for name, text in said.items() if text and name not in names}


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results.

    `total` is exact unless `is_more`. `ranked` and `examined` say how many of the newest matches were ranked, or looked
    at for the filters; None means all. `cut` has the beginnings of which only the commonest words were looked for.
    Where nothing had all words, `meant` is the query in words that the archive has, and `left_out` the words not looked
    for.
    """

    articles: list[Row] = field(default_factory=list)
    total: int = 0
    is_more: bool = False
    ranked: int | None = None
    examined: int | None = None
    cut: list[str] = field(default_factory=list)
    has_next: bool = False
    meant: str = ""
    left_out: list[str] = field(default_factory=list)


def search(db: sqlite3.Connection, asked: Asked) -> Results:
    """Return the articles with the words that pass the filters; without words, the newest by date."""
    if not asked.q:
        return _browse(db, asked)
    languages = [main_language(asked.language)] if asked.language else languages_of(db)
    query = parse(asked.q, languages)
    if query is None:
        return Results()
    results = _results(db, asked, query)
    return results if results.total else _instead(db, asked, query, languages) or results


def _instead(db: sqlite3.Connection, asked: Asked, query: Query, languages: list[str]) -> Results | None:
    """Return the articles for words that are written nearly alike, or for fewer words; None if there are none."""
    meant = corrected(db, asked.q, query)
    if meant and (nearer := parse(meant, languages)):
        results = _results(db, asked, nearer)
        if results.total:
            return replace(results, meant=meant)
        query = nearer
    less, left_out = fewer(db, query)
    results = _results(db, asked, less) if less else Results()
    return replace(results, meant=meant, left_out=left_out) if results.total else None


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


def _results(db: sqlite3.Connection, asked: Asked, query: Query) -> Results:
    query, common, cut = bounded(db, query)
    ids, examined = _matches(db, query, asked)
    newest_first = asked.sort == "newest"
    telling = [term for term in query.terms if term not in common]
    first = (asked.page - 1) * PER_PAGE
    ranked = ids if newest_first else _best(db, telling, ids[:RANKED], "" if asked.is_filtered else query.match)
    if not newest_first and not asked.kind:
        ranked = _first_kinds_first(db, ranked, first + PER_PAGE)
    shown = ranked[first : first + PER_PAGE]
    within = min(len(ids), COUNTED if newest_first else RANKED)
    return Results(
        articles=_with_snippets(db, query, shown),
        total=min(len(ids), COUNTED),
        is_more=len(ids) > COUNTED,
        ranked=RANKED if len(ids) > RANKED and not newest_first else None,
        examined=examined,
        cut=cut,
        has_next=first + PER_PAGE < within and asked.page < MAX_PAGES,
    )


def _matches(db: sqlite3.Connection, query: Query, asked: Asked) -> tuple[list[int], int | None]:
    """Return the newest matches that pass the filters, and how many matches were looked at; None means all."""
    some = EXAMINED_SOME // (WIDE if query.is_wide else 1)
    floor = _floor(db, query, some)
    cut = some if floor else None
    if not asked.is_filtered:
        return _newest(db, query, COUNTED + 1, floor), cut
    condition, values = _condition(asked)
    passing = f"SELECT id FROM articles WHERE {condition} LIMIT {SOME + 1}"
    ids = _ids(db, passing, values)
    if len(ids) <= FEW:
        matching = f"SELECT rowid FROM articles_search WHERE articles_search MATCH ? AND rowid IN {_LIST}"
        return _ids(db, f"{matching} ORDER BY rowid DESC", [query.match, json.dumps(ids)]), None
    if len(ids) <= SOME:
        examined = some
        found = _newest(db, query, examined + 1, floor)
        passed = set(ids)
        kept = [article_id for article_id in found[:examined] if article_id in passed]
    else:
        examined = EXAMINED_MANY
        found = _newest(db, query, examined + 1, floor)
        sql = f"SELECT id FROM articles NOT INDEXED WHERE id IN {_LIST} AND {condition} ORDER BY id DESC"
        kept = _ids(db, sql, [json.dumps(found[:examined]), *values])
    return kept, examined if len(found) > examined else cut


def _floor(db: sqlite3.Connection, query: Query, examined: int) -> int:
    """Return the article id below which nothing is looked for.

    Without this floor, two common words of which one is excluded would be looked up in every article, for a handful of
    matches.
    """
    if not query.unwanted:
        return 0
    sql = "SELECT rowid FROM articles_search WHERE articles_search MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?"
    return int(value(db, sql, [query.required, examined]) or 0)


def _newest(db: sqlite3.Connection, query: Query, limit: int, floor: int) -> list[int]:
    sql = "SELECT rowid FROM articles_search WHERE articles_search MATCH ? AND rowid > ? ORDER BY rowid DESC LIMIT ?"
    return _ids(db, sql, [query.match, floor, limit])


def _best(db: sqlite3.Connection, terms: Sequence[Term], ids: list[int], match: str) -> list[int]:
    """Return matches ranked by BM25 over the words that are not too common; matches without these come last.

    `ids` come newest first; `match`, if any, finds just these between the first and the last. BM25 visits every article
    that has one of the words, which SQLite cannot interrupt: common words would take seconds.
    """
    telling = [term.match for term in terms if not _is_common(db, term)]
    if not ids or not telling:
        return ids
    of_all = match if len(telling) == len(terms) else ""
    sql = f"""SELECT rowid FROM articles_search WHERE articles_search MATCH ? AND rowid BETWEEN ? AND ?
        {"" if of_all else f"AND +rowid IN {_LIST}"} ORDER BY bm25(articles_search, {WEIGHTS}), rowid DESC"""
    values = [of_all or " OR ".join(telling), min(ids), max(ids), *([] if of_all else [json.dumps(ids)])]
    ranked = _ids(db, sql, values)
    return list(dict.fromkeys([*ranked, *ids]))


def _first_kinds_first(db: sqlite3.Connection, ids: list[int], wanted: int) -> list[int]:
    """Return matches with articles and discussions before all others, at least as many as `wanted` if there are.

    An index alone tells the kinds; only so many matches are looked up as the first `wanted` need.
    """
    sql = f"SELECT id FROM articles INDEXED BY articles_kind WHERE kind = ? AND id IN {_LIST}"
    soon, later = list[int](), list[int]()
    for start in range(0, len(ids), LOOKED_UP):
        some = ids[start : start + LOOKED_UP]
        given = json.dumps(some)
        last = {found for kind in LATER for found in _ids(db, sql, [kind, given])}
        soon += [each for each in some if each not in last]
        later += [each for each in some if each in last]
        if len(soon) >= wanted:
            return soon
    return soon + later


def _is_common(db: sqlite3.Connection, term: Term) -> bool:
    sql = "SELECT count(*) FROM (SELECT 1 FROM articles_search WHERE articles_search MATCH ? LIMIT ?)"
    return bool(value(db, sql, [term.match, COMMON + 1]) > COMMON)


def _ids(db: sqlite3.Connection, sql: str, values: Sequence[Any]) -> list[int]:
    return [found[0] for found in db.execute(sql, values)]


def _with_snippets(db: sqlite3.Connection, query: Query, ids: list[int]) -> list[Row]:
    sql = f"SELECT {_COLUMNS}, substr(a.text, 1, {READ}) AS text FROM articles a WHERE id IN {_LIST}"
    found = rows(db, sql, [json.dumps(ids)])
    for article in found:
        language = main_language(article["language"])
        article["snippet"] = snippet(article.pop("text"), query.terms, language)
        article["marked_title"] = marked(article["title"] or "", query.terms, language)
    return _in_order(ids, found)


def _browse(db: sqlite3.Connection, asked: Asked) -> Results:
    """Return the articles that pass the filters, newest date first, those without a date last.

    Articles and discussions come before all other kinds.
    """
    condition, values = _condition(asked)
    first = (asked.page - 1) * PER_PAGE
    total, ids = 0, list[int]()
    for kinds in ("1",) if asked.kind else (f"NOT {_IS_LATER}", _IS_LATER):
        if total > COUNTED and len(ids) == PER_PAGE:
            break
        passing = f"SELECT id FROM articles WHERE {condition} AND {kinds}"
        order = f"ORDER BY date DESC, id DESC LIMIT {PER_PAGE - len(ids)} OFFSET {max(0, first - total)}"
        ids += _ids(db, f"{passing} {order}", values)
        total += len(_ids(db, f"{passing} LIMIT {COUNTED + 1}", values))
    sql = f"SELECT {_COLUMNS}, substr(a.text, 1, 300) AS snippet FROM articles a WHERE id IN {_LIST}"
    return Results(
        articles=_in_order(ids, rows(db, sql, [json.dumps(ids)])),
        total=min(total, COUNTED),
        is_more=total > COUNTED,
        has_next=first + PER_PAGE < total and asked.page < MAX_PAGES,
    )


def _in_order(ids: list[int], found: list[Row]) -> list[Row]:
    by_id = {row["id"]: row for row in found}
    return [by_id[article_id] for article_id in ids]


def _condition(asked: Asked) -> tuple[str, list[Any]]:
    """Return the filters as an SQL condition, which one index over all filtered columns answers: by site, else by date.

    The plus signs keep SQLite from choosing the index over one column, which would look up every article's row.
    """
    parts, values = [], []
    columns = {"hostname": asked.site, "+section": asked.section, "+language": asked.language}
    for column, wanted in columns.items():
        if wanted:
            parts.append(f"{column} = ?")
            values.append(wanted)
    if asked.kind:
        parts.append(f"+kind IN {_LIST}")
        values.append(json.dumps(asked.kind.split(",")))
    if asked.year:
        parts.append("date >= ? AND date < ?")
        values += [f"{asked.year}-", f"{asked.year}."]  # "." is what follows "-"
    return " AND ".join(parts) or "1", values
