"""The filters of a search as a condition in SQL, and which articles pass it, at a bounded cost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from winnow.room.asked import Narrowed
from winnow.room.database import value

SOME = 50_000  # articles or pages of which a list is made
SITES = 2_000  # sites among which one is looked for by a part of its name
LIST = "(SELECT value FROM json_each(?))"
# An article with a page of which something is corrected.
_CORRECTED = """SELECT DISTINCT p.article_id FROM corrections c JOIN pages p ON p.sha256 IN (c.sha256, c.other)
    WHERE c.undone IS NULL AND p.article_id IS NOT NULL LIMIT ?"""
# The plus signs keep SQLite from choosing the index over one column, which would look up every article's row.
_COLUMNS = {"section": "+section", "language": "+language", "kind": "+kind"}


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on articles in SQL with its values.

    It `is_costly` to list the articles that pass, if nearly all do or no index but `articles_told` has its columns.
    """

    sql: str = "1"
    values: tuple[Any, ...] = ()
    is_costly: bool = False

    def __bool__(self) -> bool:
        return self.sql != "1"


def condition(db: sqlite3.Connection, narrowed: Narrowed, starred: Collection[int] = ()) -> Condition:
    """Return the filters as a condition, which one index over all filtered columns answers: by site, else by date.

    `starred` are the ids of the articles with a star. Authors that are wanted are none of it: they are in the index of
    words.
    """
    asked = [(True, *each) for each in narrowed.wanted.items()] + [(False, *each) for each in narrowed.unwanted.items()]
    parts = [part for is_wanted, name, said in asked for part in _parts(db, name, said, is_wanted, starred)]
    is_wanted = any(values for name, values in narrowed.wanted.items() if name != "author")
    is_costly = not is_wanted or any("author" in sql or "page_id" in sql for sql, _ in parts)
    values = tuple(value for _, given in parts for value in given)
    return Condition(" AND ".join(sql for sql, _ in parts) or "1", values, is_costly)


def passed_of(ids: str, passing: Condition) -> str:
    """Return the query for those of some articles that pass; `ids` is the query for their ids, in brackets."""
    return f"SELECT id FROM articles INDEXED BY articles_told WHERE id IN {ids} AND ({passing.sql})"


def _parts(
    db: sqlite3.Connection, name: str, said: list[str], is_wanted: bool, starred: Collection[int]
) -> list[tuple[str, list[Any]]]:
    """Return the conditions, each with its values, that one filter makes."""
    if name == "author":
        return [] if is_wanted else [("instr(lower(ifnull(author, '')), lower(?)) = 0", [each]) for each in said]
    if name in ("before", "after"):
        sign = "<" if name == "before" else ">="
        return [_dated([(f"date {sign} ?", [each])], is_wanted) for each in said]
    if name in _COLUMNS:
        return [_among(_COLUMNS[name], said, is_wanted)]
    if name == "site":
        return [_among("hostname", [site for each in said for site in sites(db, each)], is_wanted)]
    if name == "year":
        return [_dated([_in_year(each) for each in said], is_wanted)]
    if name == "source":
        return [_source(db, said, is_wanted)]
    ids = starred if name == "starred" else corrected(db) if name == "corrected" else read_since(db, min(said))
    return [_one_of(list(ids), is_wanted)]


def _among(column: str, said: Iterable[str], is_wanted: bool) -> tuple[str, list[Any]]:
    values = list(dict.fromkeys(said))
    if is_wanted and len(values) == 1:
        return f"{column} = ?", values
    return (f"{column} IN {LIST}" if is_wanted else f"ifnull({column}, '') NOT IN {LIST}"), [json.dumps(values)]


def _dated(ways: list[tuple[str, list[Any]]], is_wanted: bool) -> tuple[str, list[Any]]:
    sql = " OR ".join(f"({way})" for way, _ in ways)
    values = [value for _, given in ways for value in given]
    return (f"({sql})" if is_wanted and len(ways) > 1 else sql if is_wanted else f"({sql}) IS NOT 1"), values


def _in_year(said: str) -> tuple[str, list[Any]]:
    """Return the condition that a date is in a year, a month or a day."""
    return "date >= ? AND date < ?", [said if len(said) > 7 else f"{said}-", f"{said}."]  # "." is what follows "-"


def _one_of(ids: list[int], is_wanted: bool) -> tuple[str, list[Any]]:
    return f"id {'' if is_wanted else 'NOT '}IN {LIST}", [json.dumps(ids)]


def corrected(db: sqlite3.Connection) -> list[int]:
    """Return the ids of articles of which a person has corrected something."""
    return [found[0] for found in db.execute(_CORRECTED, [SOME])]


def _source(db: sqlite3.Connection, said: list[str], is_wanted: bool) -> tuple[str, list[Any]]:
    """Return the condition that the page which an article's text is from belongs to one of some sources.

    The articles of small sources are listed; for large ones each article's page is looked up.
    """
    given = json.dumps(said)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM pages WHERE source IN {LIST} LIMIT {SOME + 1})"
    if value(db, sql, [given]) <= SOME:
        listed = f"SELECT article_id FROM pages WHERE source IN {LIST} AND article_id IS NOT NULL"
        return _one_of(list({found[0] for found in db.execute(listed, [given])}), is_wanted)
    own = f"EXISTS (SELECT 1 FROM pages p WHERE p.id = page_id AND p.source IN {LIST})"
    return (own if is_wanted else f"NOT {own}"), [given]


def read_since(db: sqlite3.Connection, moment: str) -> list[int]:
    """Return the ids of articles that were new in a run which started at or after a moment, of very many the newest."""
    sql = f"""SELECT p.article_id FROM pages p WHERE p.reason = 'new'
        AND p.first_run IN (SELECT id FROM runs WHERE started >= ?) ORDER BY p.id DESC LIMIT {SOME}"""
    return [found[0] for found in db.execute(sql, [moment])]


def sites(db: sqlite3.Connection, typed: str) -> list[str]:
    """Return the site that was typed or, if there is none of this name, those whose names have it as a part."""
    for name in (typed, typed := typed.lower().removeprefix("www.")):
        if value(db, "SELECT EXISTS (SELECT 1 FROM articles WHERE hostname = ?)", [name]):
            return [name]
    sql = """WITH RECURSIVE each (site) AS (SELECT min(hostname) FROM articles UNION ALL
            SELECT (SELECT min(hostname) FROM articles WHERE hostname > each.site) FROM each
            WHERE each.site IS NOT NULL LIMIT ?)
        SELECT site FROM each WHERE instr(lower(site), ?)"""
    return [found[0] for found in db.execute(sql, [SITES, typed])] or [typed]
